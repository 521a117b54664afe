import type { Span } from '@statewright/bytes';

/*
 * The decoded form of values. Everything is self-describing, so that `toJson(value)` needs no type beside it.
 *
 *   boolean, byte, short, int, float, double (and boxes, and their Value types)  boolean, number
 *   long                                                                         bigint
 *   String, StringValue, enum constants, Avro strings and enums                  string
 *   char                                                                         string of one UTF-16 unit
 *   byte[], Avro bytes and fixed, SQL BINARY                                     Uint8Array
 *   List, other arrays, Tuple                                                    array
 *   null, Void, VoidNamespace                                                    null
 *   the rest                                                                     one of the classes below
 */

/** Bytes whose structure no snapshot tells. Kept as they are, written back as they are. */
export class Opaque {
  constructor(
    /** The value's own bytes (a copy or a view on the frame). May be empty: "follows an opaque value of unknown length". */
    readonly bytes: Uint8Array,
    /** Where they lie; `file` is that of the view they were read from. */
    readonly span: Span,
    /** Why they stay closed: one sentence without a full stop. */
    readonly why: string,
    /** Java class of the value where the snapshot tells it. */
    readonly className: string | undefined,
    /** Simple name of the serializer, for example `KryoSerializer`. */
    readonly serializer: string,
  ) {}
}

/** What instances of one record-like type share. */
export interface RecordShape {
  /** Java class name, or an Avro full name, or undefined for an anonymous row. */
  readonly className: string | undefined;
  /** Field names in serialization order. */
  readonly names: readonly string[];
}

/** POJO, Scala case class, Avro record: fields by position, names in the shape. Names never become object keys. */
export class RecordValue {
  constructor(
    readonly shape: RecordShape,
    readonly fields: readonly unknown[],
    /** Actual class when the value is of a subclass of the declared type. */
    readonly subclass: string | undefined = undefined,
  ) {}
}

/** `org.apache.flink.types.RowKind`, by its ordinal: +I, -U, +U, -D. */
export type RowKind = 0 | 1 | 2 | 3;

/** Row and RowData. `names` where the type tells them. */
export class RowValue {
  constructor(
    readonly kind: RowKind,
    readonly fields: readonly unknown[],
    readonly names: readonly string[] | undefined = undefined,
  ) {}
}

/** A map as its entries in file order. Not a JavaScript Map: keys are values, not identities. */
export class MapValue {
  constructor(readonly entries: readonly (readonly [unknown, unknown])[]) {}
}

/** A set as its elements in file order. */
export class SetValue {
  constructor(readonly elements: readonly unknown[]) {}
}

/** `constant`: the unscaled value is written in the short form that Flink has for Java's ZERO, ONE and TEN objects. */
export class BigDecimalValue {
  constructor(
    readonly unscaled: bigint,
    readonly scale: number,
    readonly constant = false,
  ) {}
}

/** SQL's DecimalData: as a BigDecimal, but its text never has an exponent. */
export class DecimalDataValue extends BigDecimalValue {}

/** `constant`: as in `BigDecimalValue`. */
export class BigIntegerValue {
  constructor(
    readonly value: bigint,
    readonly constant = false,
  ) {}
}

/** java.util.Date: milliseconds since the epoch. */
export class DateValue {
  constructor(readonly millis: bigint) {}
}

/** java.sql.Date: milliseconds since the epoch. */
export class SqlDateValue {
  constructor(readonly millis: bigint) {}
}

/** java.sql.Time: milliseconds since the epoch. */
export class SqlTimeValue {
  constructor(readonly millis: bigint) {}
}

/** java.sql.Timestamp: `millis` is getTime() (milliseconds included), `nanos` is getNanos() (0..999999999). */
export class SqlTimestampValue {
  constructor(
    readonly millis: bigint,
    readonly nanos: number,
  ) {}
}

/** java.time.Instant: seconds since the epoch and nanoseconds of the second, 0..999999999. */
export class InstantValue {
  constructor(
    readonly seconds: bigint,
    readonly nanos: number,
  ) {}
}

/** java.time.LocalDate: months and days count from 1. */
export class LocalDateValue {
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}
}

/** java.time.LocalTime: `nano` is 0..999999999. */
export class LocalTimeValue {
  constructor(
    readonly hour: number,
    readonly minute: number,
    readonly second: number,
    readonly nano: number,
  ) {}
}

/** java.time.LocalDateTime: a date and a time without a zone. */
export class LocalDateTimeValue {
  constructor(
    readonly date: LocalDateValue,
    readonly time: LocalTimeValue,
  ) {}
}

/** SQL TimestampData: `millis` since the epoch without a zone, `nanoOfMilli` 0..999999. */
export class TimestampDataValue {
  constructor(
    readonly millis: bigint,
    readonly nanoOfMilli: number,
  ) {}
}

/** Either and Scala's Either. */
export class EitherValue {
  constructor(
    readonly side: 'left' | 'right',
    readonly value: unknown,
  ) {}
}

/**
 * A value of an Avro union whose branch the value alone does not tell, for example a double in a union that has an int,
 * too. All other values of unions are the bare ones. Shown as `value`.
 */
export class AvroUnionValue {
  constructor(
    /** Position of the branch in the union. */
    readonly branch: number,
    readonly value: unknown,
  ) {}
}

/** TimeWindow: milliseconds, `end` is not included. */
export class TimeWindowValue {
  constructor(
    readonly start: bigint,
    readonly end: bigint,
  ) {}
}

/** GlobalWindow, which has no bounds. */
export class GlobalWindowValue {
  static readonly INSTANCE = new GlobalWindowValue();
}

/** A Flink variant: its two parts as they are, and `tree`, what they hold: objects as records without a class. */
export class VariantValue {
  constructor(
    readonly value: Uint8Array,
    readonly metadata: Uint8Array,
    readonly tree: unknown,
  ) {}
}

/** TTL wrapper: `lastAccessMillis` since the epoch. */
export class TtlValue {
  constructor(
    readonly lastAccessMillis: bigint,
    readonly value: unknown,
  ) {}
}

/** A timer: `timestampMillis` since the epoch. */
export class TimerValue {
  constructor(
    readonly timestampMillis: bigint,
    readonly key: unknown,
    readonly namespace: unknown,
  ) {}
}

/** The classes of dates and times, under one name. */
export const TimeValues = {
  DateValue,
  SqlDateValue,
  SqlTimeValue,
  SqlTimestampValue,
  InstantValue,
  LocalDateValue,
  LocalTimeValue,
  LocalDateTimeValue,
  TimestampDataValue,
} as const;
