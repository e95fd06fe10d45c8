export const northwind = () => "";
