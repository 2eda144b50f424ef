import { describe, expect, it } from 'vitest';
import { ProcessError } from '../../src/process/process-error.js';
import { type RunRequest, runProcess } from '../../src/process/run.js';
import { startProcess } from '../../src/process/start.js';

const node = (script: string, more: Partial<RunRequest> = {}): RunRequest => ({
  command: process.execPath,
  args: ['-e', script],
  env: {},
  timeoutMs: 10_000,
  maxOutputBytes: 1_000_000,
  ...more,
});

const never = { signal: new AbortController().signal };

describe('runProcess', () => {
  it('gives output, last words and exit code', async () => {
    const output = await runProcess(
      node('console.log("out"); console.error("err"); process.exitCode = 3'),
      never,
    );
    expect(output).toEqual({ code: 3, stdout: Buffer.from('out\n'), stderr: 'err\n' });
  });

  it('writes the input and closes it', async () => {
    const output = await runProcess(node('process.stdin.pipe(process.stdout)', { input: 'hello' }), never);
    expect(output.stdout.toString()).toBe('hello');
  });

  it('survives a command that does not read its input', async () => {
    const output = await runProcess(node('process.exit(0)', { input: 'x'.repeat(5_000_000) }), never);
    expect(output.code).toBe(0);
  });

  it('passes nothing of its own environment', async () => {
    const script = 'console.log(JSON.stringify(Object.keys(process.env)))';
    const output = await runProcess(node(script, { env: { ONLY: 'this' } }), never);
    expect(JSON.parse(output.stdout.toString())).toEqual(['ONLY']);
  });

  it('takes arguments as they are, not as shell text', async () => {
    const request = { ...node(''), args: ['-e', 'console.log(process.argv[1])', '$(id); `id`'] };
    const output = await runProcess(request, never);
    expect(output.stdout.toString()).toBe('$(id); `id`\n');
  });

  it.each([
    ['a command that does not exist', { command: 'no-such-command-anywhere' }, 'not-started'],
    ['a working folder that does not exist', { cwd: '/no/such/folder' }, 'not-started'],
    ['a command that hangs', { args: ['-e', 'setInterval(() => {}, 1000)'], timeoutMs: 300 }, 'timed-out'],
    [
      'a command that ignores being asked to stop',
      { args: ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], timeoutMs: 400 },
      'timed-out',
    ],
    [
      'a command that never stops talking',
      { args: ['-e', 'const f = () => process.stdout.write("x".repeat(9999), f); f()'] },
      'too-much-output',
    ],
    ['a command that is killed', { args: ['-e', 'process.kill(process.pid, "SIGKILL")'] }, 'killed'],
  ] as const)('fails for %s', async (_name, change, failure) => {
    const error = await runProcess({ ...node(''), ...change }, never).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProcessError);
    expect(error).toMatchObject({ failure });
  });

  it('stops at once when interrupted, with the reason of the interrupt', async () => {
    const controller = new AbortController();
    const running = runProcess(node('setInterval(() => {}, 1000)'), controller);
    setTimeout(() => controller.abort(new Error('interrupted')), 200);
    await expect(running).rejects.toThrow('interrupted');
  });

  it('does not start when interrupted before', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'));
    await expect(runProcess(node(''), { signal })).rejects.toThrow('interrupted');
  });
});

describe('startProcess', () => {
  it('streams both ways and tells the exit code', async () => {
    const child = startProcess(node('process.stdin.on("data", (d) => process.stdout.write(d))'), never);
    child.stdin.end('a stream');
    let text = '';
    for await (const chunk of child.stdout) text += String(chunk);
    expect(text).toBe('a stream');
    expect(await child.exit).toEqual({ kind: 'exited', code: 0 });
  });

  it('keeps only the end of a long complaint', async () => {
    const child = startProcess(node('process.stderr.write("x".repeat(100000) + "the end")'), never);
    child.stdout.resume();
    await child.exit;
    expect(child.stderrTail()).toHaveLength(16 * 1024);
    expect(child.stderrTail()).toMatch(/x{100}the end$/);
  });

  it('ends the children of the process too', async () => {
    const script = `const c = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
      { stdio: 'inherit' }); c.on("spawn", () => console.log(1)); setInterval(() => {}, 1000)`;
    const child = startProcess(node(script), never);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    // The end of the stream (not only its closing) means that nobody holds the pipe any more.
    const ended = new Promise((resolve) => child.stdout.once('end', () => resolve('ended')));
    child.kill();
    await child.exit;
    expect(await Promise.race([ended, child.exit.then(() => 'still held')])).toBe('ended');
  });
});
