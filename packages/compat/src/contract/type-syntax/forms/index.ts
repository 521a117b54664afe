import { COMPOSITE_FORMS } from '../composite-types.js';
import type { TypeForm } from '../form.js';
import { SIMPLE_FORMS } from '../simple-types.js';
import { ANY_FORM } from './any-serializer.js';
import { AVRO_FORM } from './avro.js';
import { ENUM_FORM, SCALA_ENUM_FORM } from './enum.js';
import { KRYO_FORM } from './kryo.js';
import { POJO_FORM } from './pojo.js';
import { SQL_FORMS } from './sql.js';
import { TTL_FORMS } from './ttl.js';
import { CLASS_FORMS, NULLABLE_FORM } from './with-class.js';

/** The whole syntax, a row a keyword. Of several rows for a snapshot class the first that can say it counts. */
export const TYPE_FORMS: readonly TypeForm[] = [
  ...SIMPLE_FORMS,
  ...COMPOSITE_FORMS,
  ...CLASS_FORMS,
  NULLABLE_FORM,
  POJO_FORM,
  ENUM_FORM,
  SCALA_ENUM_FORM,
  AVRO_FORM,
  KRYO_FORM,
  ...TTL_FORMS,
  ...SQL_FORMS,
  ANY_FORM,
];
