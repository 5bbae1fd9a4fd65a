export interface Gate {
  readonly open: () => void;
  /** Resolves once it is open. */
  readonly opened: Promise<void>;
}

/** Holds up whoever awaits it until somebody opens it. */
export function createGate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { open, opened };
}
