export const latest = {};
export const v1 = {};
