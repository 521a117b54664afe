import { addField } from './add-field.js';
import { addTtl } from './add-ttl.js';
import { avroEvolve } from './avro-evolve.js';
import { declareSubclass } from './declare-subclass.js';
import { dropField } from './drop-field.js';
import { dropOperator } from './drop-operator.js';
import { dropState } from './drop-state.js';
import { expireTtl } from './expire-ttl.js';
import { filterEntries } from './filter-entries.js';
import { kryoTo } from './kryo-to.js';
import { listToMap } from './list-to-map.js';
import { loadState } from './load-state.js';
import { mapValues } from './map-values.js';
import { mergeStates } from './merge-states.js';
import { pojoToAvro } from './pojo-to-avro.js';
import { relocate } from './relocate.js';
import { removeTtl } from './remove-ttl.js';
import { renameClass } from './rename-class.js';
import { renameField } from './rename-field.js';
import { renameOperator } from './rename-operator.js';
import { renameState } from './rename-state.js';
import { reorderFields } from './reorder-fields.js';
import { retypeField } from './retype-field.js';
import { setMaxParallelism } from './set-max-parallelism.js';
import { setSourceOffsets } from './set-source-offsets.js';
import { splitState } from './split-state.js';
import type { StepRow } from './step.js';
import { valueToList } from './value-to-list.js';
import { valueToMap } from './value-to-map.js';

/** All steps, in the order of the docs. */
export const STEPS: readonly StepRow[] = [
  renameOperator,
  renameState,
  renameClass,
  renameField,
  addField,
  dropField,
  retypeField,
  reorderFields,
  declareSubclass,
  kryoTo,
  pojoToAvro,
  avroEvolve,
  valueToList,
  valueToMap,
  listToMap,
  mapValues,
  filterEntries,
  expireTtl,
  addTtl,
  removeTtl,
  mergeStates,
  splitState,
  loadState,
  setSourceOffsets,
  dropState,
  dropOperator,
  setMaxParallelism,
  relocate,
];
