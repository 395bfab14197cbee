/** Biomedical IT chooses where explanations are written, and serves them to other programs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { call, setUpWard } from './ward-steps.ts';

test('an engine on a server, and explanations served with a token that is shown once', {
  tag: '@full',
}, async ({ ward }) => {
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  await page.getByRole('link', { name: 'System', exact: true }).click();

  // The choice of engine: in this program, until a server is given with its key.
  const engine = page.getByRole('region', { name: 'Where explanations are written' });
  // The model is read and checked first.
  await expect(engine.getByText('In this program: ', { exact: false })).toBeVisible({ timeout: 60_000 });
  await lookAtBoth(program, 'engine-local');
  await engine.getByRole('radio', { name: 'On a server' }).click();
  const save = engine.getByRole('button', { name: 'Save and use' });
  await expect(save).toBeDisabled();
  await engine.getByLabel('Address of the server').fill('http://10.0.0.7:8000');
  await expect(engine.getByText('This address cannot be used', { exact: false })).toBeVisible();
  // A server that answers nothing but errors: the local engine writes, and the screen says why.
  const failing = createServer((_request, response) => response.writeHead(401).end());
  await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
  const { port } = failing.address() as AddressInfo;
  await engine.getByLabel('Address of the server').fill(`http://127.0.0.1:${port}`);
  await engine.getByLabel('Name of its model').fill('ward-8b');
  await engine.getByLabel('API key').fill('sk-of-the-ward');
  await save.click();
  await expect(engine.getByText('Saved.', { exact: false })).toBeVisible();
  await expect(engine.getByText(`The server 127.0.0.1:${port} writes, with ward-8b.`)).toBeVisible();
  await expect(engine.getByLabel('API key')).toHaveValue('');
  await expect(engine.getByText('A key is kept, sealed.', { exact: false })).toBeVisible();
  expect(JSON.stringify(await call(page, 'queries', 'engine.settings', {}))).not.toContain('sk-of');
  await engine.scrollIntoViewIfNeeded();
  await lookAtBoth(program, 'engine-server');

  // Serving: off, then on this machine; the token is shown this once.
  const serving = page.getByRole('region', { name: 'Explanations for other programs' });
  await expect(serving.getByText('Off. Nothing listens.')).toBeVisible();
  await serving.getByRole('radio', { name: 'The ward’s network' }).click();
  await expect(serving.getByText('all needed', { exact: false })).toBeVisible();
  await serving.getByLabel('Address of this machine').fill('127.0.0.1');
  await serving.getByLabel('Certificate (PEM file)').fill('/nowhere/certificate.pem');
  await serving.getByLabel('Its private key').fill('/nowhere/key.pem');
  await serving.getByLabel('Port').fill('0');
  await serving.getByRole('button', { name: 'Switch on' }).click();
  await expect(serving.getByText('could not be used', { exact: false })).toBeVisible();
  await expect(serving.getByText('Off. Nothing listens.')).toBeVisible();
  await serving.getByRole('radio', { name: 'This machine' }).click();
  await serving.getByRole('button', { name: 'Switch on' }).click();
  const token = (await serving.locator('code').textContent()) ?? '';
  expect(token).toMatch(/^[\w-]{43}$/);
  const address = (await serving.getByText(/^http:.*\/explain$/).textContent()) ?? '';
  await serving.scrollIntoViewIfNeeded();
  await lookAtBoth(program, 'serving-token');
  const ask = (path: string, given: string, body: object): Promise<Response> =>
    fetch(address.replace('/explain', path), {
      method: 'POST',
      headers: { authorization: `Bearer ${given}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const vitals = { rr: 26, spo2: 92, hr: 118 };
  expect((await ask('/explain', 'wrong', { vitals })).status).toBe(401);
  const explained = await ask('/explain', token, { vitals });
  expect(explained.status).toBe(200);
  expect(await explained.json()).toHaveProperty('rule_text');
  // The server that was chosen refused the key; what is in use now says so.
  await expect(engine.getByText('did not accept the API key', { exact: false })).toBeVisible();
  await engine.scrollIntoViewIfNeeded();
  await lookAt(program, 'engine-stumbled');
  await serving.getByRole('button', { name: 'I have copied it' }).click();
  await expect(serving.locator('code')).toHaveCount(0);

  // Raw completions: only where an administrator says so, and labelled.
  expect((await ask('/v1/completions', token, { prompt: 'Hello', max_tokens: 4 })).status).toBe(403);
  await serving.getByRole('radio', { name: 'Raw completions, unverified' }).click();
  await serving.getByRole('button', { name: 'Save the change' }).click();
  await expect(serving.getByText('Raw words of the model, UNVERIFIED', { exact: false })).toBeVisible();
  await serving.scrollIntoViewIfNeeded();
  await lookAtBoth(program, 'serving-completions');
  await serving.getByRole('button', { name: 'Switch off' }).click();
  await expect(serving.getByText('Off. Nothing listens.')).toBeVisible();
  await expect(ask('/explain', token, { vitals })).rejects.toThrow();
  failing.close();
});
