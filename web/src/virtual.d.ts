declare module "virtual:declarations" {
  const url: string;
  export default url;
}
