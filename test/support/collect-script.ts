import { type CollectedInventory, collectInventory } from '../../src/inventory/collect.js';
import type { AnySource } from '../../src/providers/define-provider.js';
import { type SeenRequest, type Script, startScriptedServer } from './scripted-server.js';
import type { TestContext } from './collect-context.js';

export interface ScriptedCollection extends CollectedInventory {
  readonly seen: readonly SeenRequest[];
}

/** Reads one source from a scripted server; fails when a request is not in the script, or one of the script never comes. */
export async function collectScript(
  script: Script,
  sourceAt: (origin: string) => AnySource,
  context: TestContext,
): Promise<ScriptedCollection> {
  const server = await startScriptedServer(script);
  let collected: CollectedInventory;
  try {
    collected = await collectInventory([sourceAt(server.origin)], context);
  } catch (error) {
    await server.close().catch(() => undefined);
    throw error;
  }
  await server.close();
  return { ...collected, seen: server.seen };
}
