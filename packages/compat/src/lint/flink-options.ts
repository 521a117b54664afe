import { badText } from '../yaml/read-yaml.js';
import {
  type Chosen,
  type FlinkConfig,
  type FlinkSetting,
  numberSetting,
  settingOf,
  sizeSetting,
  switchSetting,
} from './flink-config.js';

/*
 * The options that rules look at, with the defaults that Flink 1.20 and 2.3 share: `TaskManagerOptions`, `StateBackendOptions`,
 * `CheckpointingOptions`, `RocksDBOptions`, `RocksDBConfigurableOptions`. The older spelling of a key comes second.
 */

const MEBI = 1 << 20;
const ROCKSDB = 'state.backend.rocksdb';

/** The memory that RocksDB shares in one slot, and where that comes from. */
export interface SlotMemory {
  /** Bytes. */
  readonly bytes: number;
  /** For a sentence. */
  readonly from: string;
  readonly setting: FlinkSetting | undefined;
}

/** RocksDB's own buffers for each column family, when no memory is shared. */
export interface OwnBuffers {
  readonly writeBuffer: Chosen<number>;
  readonly writeBufferCount: Chosen<number>;
  readonly blockCache: Chosen<number>;
}

/** The backend that a config names; undefined when it names none, or one that is not Flink's. */
export function configuredBackend(config: FlinkConfig): Chosen<'hashmap' | 'rocksdb'> | undefined {
  const setting = settingOf(config, ['state.backend.type', 'state.backend']);
  const value = setting === undefined ? undefined : BACKENDS.get(setting.value.toLowerCase());
  return value === undefined ? undefined : { value, setting };
}

/** `StateBackendLoader`; `jobmanager` and `filesystem` are 1.x names of what keeps state in the heap. */
const BACKENDS: ReadonlyMap<string, 'hashmap' | 'rocksdb'> = new Map([
  ['hashmap', 'hashmap'],
  ['jobmanager', 'hashmap'],
  ['filesystem', 'hashmap'],
  ['rocksdb', 'rocksdb'],
]);

/** Whether checkpoints are incremental. */
export function incrementalCheckpoints(config: FlinkConfig): Chosen<boolean> {
  return switchSetting(config, ['execution.checkpointing.incremental', 'state.backend.incremental'], false);
}

/** `HEAP` keeps timers out of RocksDB. */
export function timersInHeap(config: FlinkConfig): boolean {
  return settingOf(config, [`${ROCKSDB}.timer-service.factory`])?.value.toUpperCase() === 'HEAP';
}

/** The share of RocksDB's memory that memtables may take. */
export function writeBufferRatio(config: FlinkConfig): Chosen<number> {
  return numberSetting(config, [`${ROCKSDB}.memory.write-buffer-ratio`], 0.5);
}

/** The buffers of each column family. */
export function ownBuffers(config: FlinkConfig): OwnBuffers {
  return {
    writeBuffer: sizeSetting(config, [`${ROCKSDB}.writebuffer.size`], 64 * MEBI),
    writeBufferCount: numberSetting(config, [`${ROCKSDB}.writebuffer.count`], 2),
    blockCache: sizeSetting(config, [`${ROCKSDB}.block.cache-size`], 8 * MEBI),
  };
}

/** Whether the memory of RocksDB is shared and bounded, whoever bounds it. Follows `RocksDBSharedResourcesFactory#from`. */
export function boundedMemory(config: FlinkConfig): Chosen<boolean> {
  const fixed = settingOf(config, [`${ROCKSDB}.memory.fixed-per-slot`]);
  if (fixed !== undefined) return { value: true, setting: fixed };
  const managed = switchSetting(config, [`${ROCKSDB}.memory.managed`], true);
  const perProcess = settingOf(config, [`${ROCKSDB}.memory.fixed-per-tm`]);
  return managed.value || perProcess === undefined ? managed : { value: true, setting: perProcess };
}

/** The memory that RocksDB shares in one slot; undefined where it shares none, or the file does not tell its size. */
export function rocksDbSlotMemory(config: FlinkConfig): SlotMemory | undefined {
  const key = `${ROCKSDB}.memory.fixed-per-slot`;
  const fixed = sizeSetting(config, [key], undefined);
  if (fixed.value !== undefined) return { bytes: fixed.value, from: key, setting: fixed.setting };
  const managed = switchSetting(config, [`${ROCKSDB}.memory.managed`], true);
  if (managed.value) return managedSlotMemory(config);
  const perProcess = sizeSetting(config, [`${ROCKSDB}.memory.fixed-per-tm`], undefined);
  if (perProcess.value === undefined) return undefined;
  const bytes = Math.floor(perProcess.value / slots(config));
  return { bytes, from: `${ROCKSDB}.memory.fixed-per-tm over the slots`, setting: perProcess.setting };
}

/** Managed memory of one slot; undefined where the file does not tell the size of the process. */
export function managedSlotMemory(config: FlinkConfig): SlotMemory | undefined {
  const key = 'taskmanager.memory.managed.size';
  const { value, setting } = sizeSetting(config, [key, 'taskmanager.memory.size'], undefined);
  if (value !== undefined)
    return { bytes: Math.floor(value / slots(config)), from: `${key} over the slots`, setting };
  const total = flinkMemory(config);
  if (total.value === undefined) return undefined;
  const fraction = numberSetting(config, ['taskmanager.memory.managed.fraction'], 0.4);
  const bytes = Math.floor((total.value * fraction.value) / slots(config));
  const from = `managed memory, ${fraction.value} of ${total.setting?.key ?? 'all'} over the slots`;
  return { bytes, from, setting: fraction.setting ?? total.setting };
}

/** Total Flink memory: given, or the process without metaspace and JVM overhead. Follows `ProcessMemoryUtils`, Flink 2.3. */
function flinkMemory(config: FlinkConfig): Chosen<number | undefined> {
  const given = sizeSetting(config, ['taskmanager.memory.flink.size'], undefined);
  if (given.value !== undefined) return given;
  const { value, setting } = sizeSetting(config, ['taskmanager.memory.process.size'], undefined);
  if (value === undefined) return given;
  const metaspace = sizeSetting(config, ['taskmanager.memory.jvm-metaspace.size'], 256 * MEBI).value;
  const least = sizeSetting(config, ['taskmanager.memory.jvm-overhead.min'], 192 * MEBI).value;
  const most = sizeSetting(config, ['taskmanager.memory.jvm-overhead.max'], 1024 * MEBI).value;
  const share = numberSetting(config, ['taskmanager.memory.jvm-overhead.fraction'], 0.1).value;
  const overhead = Math.min(Math.max(value * share, least), most);
  return { value: Math.max(value - metaspace - overhead, 0), setting };
}

function slots(config: FlinkConfig): number {
  const { value, setting } = numberSetting(config, ['taskmanager.numberOfTaskSlots'], 1);
  if (Number.isInteger(value) && value > 0) return value;
  const { line = 1, column = 1 } = setting?.place ?? {};
  throw badText(config.file, { line, column }, `${setting?.key} is ${value}, but a slot at least is needed`);
}
