/** Stands in for what the Direct Line client imports and this page has no use for (vite.config.ts). */
export const DirectLineStreaming = undefined;
