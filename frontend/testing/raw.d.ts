// A file's text, as a test imports it.
declare module "*?raw" {
  const text: string;
  export default text;
}
