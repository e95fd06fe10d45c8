export const workloads = {};
