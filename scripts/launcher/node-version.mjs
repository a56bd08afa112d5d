/**
 * Ends with a clear message on a Node that is too old. This file, and whoever imports it, must still parse there:
 * everything else is imported afterwards.
 */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Sinkron needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`);
  process.exit(1);
}
