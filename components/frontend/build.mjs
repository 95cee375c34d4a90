// Bundles each component into one file of dist/, which is committed: running Labelwright needs no node.
import { createHash } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const COMPONENTS = ["editor", "listener", "card", "uploader", "rows", "builder", "keys", "tabs"];

await rm("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: Object.fromEntries(COMPONENTS.map((name) => [name, `src/${name}/${name}.ts`])),
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  loader: { ".css": "text" },
  metafile: true,
  logLevel: "info",
});
await writeFile("dist/THIRD_PARTY_LICENSES.txt", await licences(Object.keys(metafile.inputs)));
await writeFile("dist/SOURCES.sha256", `${await sourcesDigest()}\n`);

/** The licences of the packages whose code is in the bundles. */
async function licences(inputs) {
  const packages = new Set(
    inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]).filter(Boolean),
  );
  const texts = [...packages].sort().map(async (name) => {
    const text = await readFile(path.join("node_modules", name, "LICENSE"), "utf8");
    return `${name}\n${"-".repeat(name.length)}\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join("\n\n");
}

/** A test recomputes this digest, so that sources and built files cannot drift apart. */
async function sourcesDigest() {
  const inSrc = (await readdir("src", { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.posix.join(entry.parentPath, entry.name));
  const digest = createHash("sha256");
  for (const file of [...inSrc, "build.mjs", "package-lock.json"].sort()) {
    digest.update(`${file}\n`).update(await readFile(file));
  }
  return digest.digest("hex");
}
