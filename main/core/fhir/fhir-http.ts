/** The FHIR server's own part of HTTP: its paths, its media types, and refusals in FHIR's words. */
import type { HttpAnswer, HttpRefusal, HttpServerOptions } from '../http/http-server.ts';
import { refusal } from './answers.ts';

const CODES = {
  'host-refused': 'security',
  'origin-refused': 'security',
  'no-token': 'login',
  'wrong-token': 'login',
  'too-fast': 'throttled',
  'path-unknown': 'not-supported',
  'method-not-served': 'not-supported',
  'media-type': 'not-supported',
  'too-large': 'too-long',
} as const satisfies Record<HttpRefusal, string>;

export const FHIR_HTTP = {
  name: 'fhir',
  paths: ['/fhir', '/fhir/', '/fhir/Observation'],
  mediaTypes: ['application/fhir+json', 'application/json'],
  contentType: 'application/fhir+json; charset=utf-8',
  // As of the monitors' frames: 1 MiB. The rate is ours.
  largestBody: 1024 * 1024,
  mostASecond: 200,
  refusal: (status, reason, headers): HttpAnswer => refusal(status, CODES[reason], reason, headers),
} as const satisfies Partial<HttpServerOptions>;
