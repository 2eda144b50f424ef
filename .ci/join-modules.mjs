// Joins compiled files into few, as `npm run build` and the benchmarks want them.
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** Packages on the way of a pre-commit hook, of which each has over fifty files. Others are loaded from where npm puts them. */
export const JOINED = ['ipaddr.js', 'yaml', 'zod'];

const isOutside = (id) => !id.startsWith('.') && !id.startsWith('/') && !JOINED.includes(id);

/** Files are found beside the module that names them; joined code stands elsewhere. */
const ownPlace = (from, placeOf) => ({
  name: 'own-place',
  transform(code, id) {
    if (!id.startsWith(from) || !code.includes('import.meta.url')) return null;
    return code.replaceAll('import.meta.url', placeOf(id));
  },
});

/**
 * @param from the folder of the compiled files
 * @param entry what starts by its path, and the name that it gets in `to`
 * @param placeOf what stands for a compiled file's own address in joined code
 * @returns the paths of all that was joined
 */
export async function joinModules({ from, entry: { name, path }, to, groups, placeOf }) {
  const bundle = await rolldown({
    input: { [name]: resolve(from, path) },
    platform: 'node',
    external: isOutside,
    plugins: [ownPlace(from, placeOf)],
    // Whatever else loads the leak scan's command finds it loaded already.
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await bundle.write({
    dir: to,
    format: 'esm',
    comments: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    codeSplitting: { groups },
  });
  return output.flatMap(({ moduleIds = [] }) => moduleIds);
}
