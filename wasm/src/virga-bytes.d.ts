/** The bytes of virga.wasm: gzip, then base64. */
export const gzipped: string;
