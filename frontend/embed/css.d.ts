declare module "*.css?inline" {
  /** The styles, as small as they get. */
  const css: string;
  // biome-ignore lint/style/noDefaultExport: the bundler gives it so
  export default css;
}
