// Vite plugin: prints what each face loads first, and fails the build when that is too much JavaScript.
import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

interface Face {
  name: string;
  maxKilobytes: number;
  /** Modules of the routes that are loaded on the first screen, by the end of their path. */
  routes: string[];
  /** Groups of texts that it needs, in whatever language. */
  texts: string[];
}

interface Budget {
  faces: Face[];
  /** Code that only staff may load, by the start of its path below src. */
  staffOnly: { folder: string; keptFrom: string[] };
}

export function bundleBudget({ faces, staffOnly }: Budget): Plugin {
  return {
    name: 'bundle-budget',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      for (const face of faces) {
        const loaded = firstLoad(face, chunks);
        const kilobytes = [...loaded].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0) / 1000;
        this.info(`${face.name}: ${kilobytes.toFixed(1)} kB of JavaScript (gzip), ${loaded.size} files`);
        if (kilobytes > face.maxKilobytes) {
          this.error(`${face.name} loads ${kilobytes.toFixed(1)} kB of JavaScript first, more than ${face.maxKilobytes} kB`);
        }
        const strayed = [...loaded].flatMap((chunk) => chunk.moduleIds).find((id) => id.includes(staffOnly.folder));
        if (strayed && staffOnly.keptFrom.includes(face.name)) {
          this.error(`${face.name} loads ${strayed}, which is for staff only`);
        }
      }
    },
  };
}

/** The entry, the face's routes and texts, and everything that these import statically. */
function firstLoad(face: Face, chunks: Rollup.OutputChunk[]): Set<Rollup.OutputChunk> {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const modules = [...face.routes, ...face.texts.map((group) => `/config/strings/en/${group}.ts`)];
  const routes = modules.map((module) => {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
    if (!chunk) throw new Error(`No chunk for ${module}: the bundle budget names a module that does not exist`);
    return chunk;
  });
  const loaded = new Set<Rollup.OutputChunk>();
  const visit = (chunk: Rollup.OutputChunk | undefined) => {
    if (!chunk || loaded.has(chunk)) return;
    loaded.add(chunk);
    chunk.imports.forEach((file) => visit(byFile.get(file)));
  };
  [...chunks.filter((chunk) => chunk.isEntry), ...routes].forEach(visit);
  return loaded;
}
