/** The toolbox as a script uses it: a process, lines in, lines out, an exit status. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const TASK = fileURLToPath(new URL('../../../scripts/tasks/tool.ts', import.meta.url));

interface Run {
  readonly status: number | null;
  readonly lines: Record<string, unknown>[];
  readonly errors: string;
}

function tool(words: readonly string[], input: string | Buffer = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [TASK, ...words]);
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (status) =>
      resolve({
        status,
        errors,
        lines: output
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
      }),
    );
    child.stdin.end(input);
  });
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-tool-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Each call is a process of its own: on a busy machine its start alone takes seconds.
describe('the toolbox', { timeout: 120_000 }, () => {
  it('scores each line in order, answers a bad line in its place and ends with 1', async () => {
    const run = await tool(
      ['news2'],
      [
        '{"id":"a","rr":26,"spo2":92,"on_oxygen":true,"temp_c":38.4,"sbp":95,"hr":118,"acvpu":"A"}',
        'not json',
        '{"rr":26}',
        '{"rr":"26"}',
        '{"rr":16,"age_years":12}',
        '{"rr":900}',
      ].join('\n'),
    );
    expect(run.status).toBe(1);
    expect(run.lines[0]).toMatchObject({
      id: 'a',
      complete: true,
      total: 12,
      risk: 'high',
      response: 'emergency',
    });
    expect(run.lines[1]).toMatchObject({ error: { code: 'not-json' } });
    expect(run.lines[2]).toMatchObject({ complete: false, min_total: 3 });
    expect(run.lines[3]).toMatchObject({ error: { code: 'invalid-request' } });
    expect(run.lines[4]).toEqual({ applicable: false, reason: 'under-16' });
    expect(run.lines[5]).toMatchObject({ error: { code: 'value-implausible' } });
  });

  it('ends with 0 where all is good, and with 2 on wrong usage', async () => {
    const runs = [
      tool(['news2'], '{"rr":16}\n'),
      tool(['help']),
      tool(['nonsense']),
      tool(['news2', '--nonsense']),
      tool(['observations']),
    ];
    expect((await Promise.all(runs)).map(({ status }) => status)).toEqual([0, 0, 2, 2, 2]);
  });

  it('says in one line what is wrong with a file, before anything is prepared', async () => {
    const runs = [
      tool(['news2', join(folder, 'absent')]),
      tool(['explain', folder]),
      tool(['replay', join(folder, 'absent')]),
      tool(['news2', '--nonsense']),
    ];
    const said = (await Promise.all(runs)).map(({ errors, lines }) => [errors, lines.length]);
    expect(said).toEqual([
      [`news2: There is no ${join(folder, 'absent')}.\n`, 0],
      [`explain: ${folder} is a folder; a file is needed.\n`, 0],
      [`replay: There is no ${join(folder, 'absent')}.\n`, 0],
      ["news2: Unknown option '--nonsense'. See: tool news2 --help\n", 0],
    ]);
  });

  it('names the field, the column or the file that it means', async () => {
    const table = 'time,hr,spo2\n2026-01-01T00:00Z,x,97\n';
    const [vitals, piped, noColumn, absent, noBackup] = await Promise.all([
      tool(['news2'], '{"rr":"x"}\n{"rr":1000}\n{"acvpu":"Q"}\n[]\n'),
      tool(['replay', '-'], table),
      tool(['replay', '-', '--columns', 'nocol'], table),
      tool(['replay', '-', '--columns', 'puls=hr,Spo2=spo2'], table),
      tool(['restore', TASK, '--user-data-dir', folder, '--recovery-key-file', TASK]),
    ]);
    expect(vitals.lines.map(({ error }) => error)).toEqual([
      { code: 'invalid-request', message: '"rr" must be a number, or null.' },
      { code: 'value-implausible', message: expect.stringMatching(/^"rr" is 1000: outside 1 to 90/) },
      { code: 'invalid-request', message: '"acvpu" must be one of A, C, V, P, U, or null.' },
      { code: 'invalid-request', message: 'The line is no JSON object of vitals.' },
    ]);
    expect(piped).toMatchObject({ status: 0, lines: [] });
    expect(piped.errors).toContain('1 row, 1 set of 1 patient, 0 transitions\n');
    expect(piped.errors).toContain('1 value refused\n  1 hr not-a-number\n');
    expect(noColumn).toMatchObject({ status: 2, errors: expect.stringContaining('"nocol"') });
    expect(absent).toMatchObject({
      status: 2,
      errors: expect.stringContaining('the table has no column "puls"; it has: time, hr, spo2.'),
    });
    expect(noBackup.status).toBe(1);
    expect(JSON.stringify(noBackup.lines)).toContain(`${TASK} does not open ${TASK}`);
  });

  it('reads messages, streams and junk, a line each', async () => {
    const message = [
      'MSH|^~\\&|TESTGATE|ICU|||20260301120000+0000||ORU^R01|C1|P|2.6',
      'PID|||P1^^^HOSP^MR||TEST^ONE',
      'PV1||I|ICU^^7',
      'OBR|1|||X|||20260301120000+0000',
      'OBX|1|NM|8867-4^Heart rate^LN||82|/min|||||F',
      'OBX|2|NM|9279-1^Respiratory rate^LN||lots|/min|||||F',
      '',
    ].join('\r');
    const stream = join(folder, 'stream.bin');
    writeFileSync(stream, `junk\u000b${message}\u001c\r\u000b${message.replace('C1', 'C2')}\u001c\r`);
    const plain = join(folder, 'plain.hl7');
    writeFileSync(plain, message);
    const junk = join(folder, 'junk.hl7');
    writeFileSync(junk, 'hello');
    const run = await tool(['hl7', plain, stream, junk, join(folder, 'absent.hl7')]);
    expect(run.status).toBe(1);
    expect(run.lines.map((line) => line.control_id)).toEqual(['C1', 'C1', 'C2', null, undefined]);
    expect(run.lines[0]).toMatchObject({
      file: plain,
      ack: 'AA',
      patient: { id: 'P1', bed: 'ICU 7' },
      observations: [{ vital: 'hr', value: 82, observed_at: '2026-03-01T12:00:00+00:00' }],
    });
    expect(run.lines[0]?.rejected).toHaveLength(1);
    expect(run.lines[3]).toMatchObject({ ack: 'AR' });
    expect(run.lines[4]).toMatchObject({ error: { code: 'unreadable' } });
  });

  it('guards texts', async () => {
    const facts = { vitals: { hr: 85, sbp: 120, dbp: 80 } };
    const run = await tool(
      ['guard'],
      [
        { facts, text: 'The heart rate is 85/min.' },
        { facts, text: 'The respiratory rate is 24/min.' },
        { facts, text: 'The patient definitely has sepsis.' },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    expect(run.lines.map((line) => line.verdict)).toEqual(['pass', 'block', 'block']);
    expect(run.status).toBe(0);
  });

  it('explains by rules without a model, and says why', async () => {
    const run = await tool(
      ['explain', '--mode', 'rules'],
      '{"id":1,"vitals":{"rr":26,"spo2":91,"on_oxygen":true}}\n',
    );
    expect(run.status).toBe(0);
    expect(run.lines[0]).toMatchObject({
      id: 1,
      mode: 'rules',
      score: { complete: false, min_total: 8 },
      sentences: [],
    });
    expect(run.lines[0]?.rule_text).toContain('26');
  });

  it('explains with a completions server, verified like any model, and says where the server cannot be used', async () => {
    const asked: { readonly path: string; readonly key: string; readonly body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => {
        body += part.toString();
      });
      request.on('end', () => {
        asked.push({ path: request.url ?? '', key: request.headers.authorization ?? '', body });
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        // The first answer may be shown, the second is an order.
        const text =
          asked.length === 1 ? ' the patient is breathing faster than expected.' : ' give two litres now.';
        response.end(
          `data: ${JSON.stringify({ choices: [{ text, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`,
        );
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const line = '{"id":1,"vitals":{"rr":26,"spo2":96,"temp_c":37,"sbp":120,"hr":118,"acvpu":"A"}}\n';
    process.env.MEDOBSMIND_SERVER_KEY = 'k1';
    const run = await tool(['explain', '--endpoint', url, '--model', 'ward-8b'], line);
    delete process.env.MEDOBSMIND_SERVER_KEY;
    server.close();
    server.closeAllConnections();
    expect(run.status).toBe(0);
    expect(asked[0]).toMatchObject({ path: '/v1/completions', key: 'Bearer k1' });
    expect(asked[0]?.body).toContain('"model":"ward-8b"');
    expect(run.lines[0]).toMatchObject({ id: 1, mode: 'guided', model: { name: 'ward-8b' } });
    const texts = z.array(z.object({ text: z.string(), verdict: z.string() })).parse(run.lines[0]?.sentences);
    expect(texts.some(({ text, verdict }) => verdict === 'shown' && text.includes('faster'))).toBe(true);
    expect(texts.some(({ verdict }) => verdict === 'withheld')).toBe(true);
    expect(texts.some(({ text }) => text.includes('litres'))).toBe(false);

    const gone = await tool(['explain', '--endpoint', url], line);
    expect(gone.lines[0]).toMatchObject({ mode: 'rules' });
    expect(gone.lines[0]?.reason).toContain('the server cannot be used: unreachable');
    const wrong = await tool(['explain', '--endpoint', 'http://elsewhere.example'], line);
    expect([wrong.status, wrong.errors]).toEqual([
      2,
      expect.stringContaining('cannot be used as --endpoint'),
    ]);
  });

  it('lists the catalogue and refuses an altered model by name', async () => {
    const list = await tool(['model', 'list']);
    expect(list.lines.map((line) => line.name)).toContain('SmolLM2-135M-Instruct');
    const altered = join(folder, 'SmolLM2-135M-Instruct.Q4_1.gguf');
    writeFileSync(altered, 'GGUF and nothing more');
    const run = await tool(['explain', '--model', altered], '{"vitals":{"rr":26}}\n');
    expect(run.lines[0]).toMatchObject({ mode: 'rules' });
    expect(run.lines[0]?.reason).toContain('SmolLM2-135M-Instruct.Q4_1.gguf');
  });
});
