import { DataOutputView } from '@statewright/bytes';
import {
  type Codec,
  compileCodec,
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';

/** Compiled codecs of one savepoint: subtasks repeat each other's serializers, and compiling is costly. */
export class CodecCache {
  private readonly bySnapshot = new Map<SerializerSnapshot, Codec>();
  private readonly byBytes = new Map<string, Codec>();

  constructor(private readonly formats: readonly SnapshotFormat[]) {}

  get(snapshot: SerializerSnapshot): Codec {
    let codec = this.bySnapshot.get(snapshot);
    if (codec === undefined) {
      codec = this.alike(snapshot);
      this.bySnapshot.set(snapshot, codec);
    }
    return codec;
  }

  /** The codec of any snapshot with the same bytes. */
  private alike(snapshot: SerializerSnapshot): Codec {
    const output = new DataOutputView();
    writeSerializerSnapshot(output, snapshot, this.formats);
    const bytes = Buffer.from(output.view()).toString('latin1');
    let codec = this.byBytes.get(bytes);
    if (codec === undefined) {
      codec = compileCodec(snapshot, { formats: this.formats });
      this.byBytes.set(bytes, codec);
    }
    return codec;
  }
}
