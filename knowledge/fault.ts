export type FaultCode =
  | 'CONFIG_INVALID'
  | 'INDEX_MISMATCH'
  | 'SNAPSHOT_DAMAGED'
  | 'ARTICLES_UNREADABLE'
  | 'MODEL_UNAVAILABLE'
  | 'RULES_INVALID'
  | 'STORE_UNAVAILABLE'
  | 'STEP_OVERDUE';

/** Something broken, as against an outcome. Its message never holds what a patient wrote. */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: { cause?: unknown }) {
    super(`${code}: ${message}`, options);
    this.name = 'Fault';
    this.code = code;
  }
}
