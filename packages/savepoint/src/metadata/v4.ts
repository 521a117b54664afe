import { v3 } from './v3.js';
import type { MetadataVersion } from './version.js';

/** V3, then the Java object stream of `CheckpointProperties` to the end of the file. Follows `MetadataV4Serializer` (Flink 2.3). */
export const v4: MetadataVersion = { ...v3, version: 4, flinkVersions: ['1.16', '1.20'], properties: true };
