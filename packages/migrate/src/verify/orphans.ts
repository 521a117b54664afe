import type { Savepoint } from '@statewright/savepoint';

/** Names in the snapshot's directory that no handle leads to, sorted; those of directories end in `/`. */
export async function orphansOf({ fs, location, operators }: Savepoint): Promise<readonly string[]> {
  const { directory, metadataPath } = location;
  const used = new Set([metadataPath]);
  for (const { streams } of operators) {
    for (const { ref, files } of streams) {
      for (const each of [ref, ...files.map((file) => file.ref)])
        if (each.kind === 'file') used.add(each.path);
    }
  }
  const orphans: string[] = [];
  for (const name of await fs.list(directory)) {
    const path = `${directory}/${name}`;
    const isUsed = used.has(path) || [...used].some((each) => each.startsWith(`${path}/`));
    if (isUsed) continue;
    const isDirectory = (await fs.stat(path))?.kind === 'directory';
    orphans.push(isDirectory ? `${name}/` : name);
  }
  return orphans;
}
