import type { KryoClassLayout } from './layout.js';

/** Enums of the JDK without bodies, in the order of their ordinals: JDK 8 to 21. TimeUnit had bodies in JDK 8. */
const ENUMS: readonly (readonly [className: string, constants: string])[] = [
  ['java.time.DayOfWeek', 'MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY'],
  [
    'java.time.Month',
    'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER',
  ],
  ['java.math.RoundingMode', 'UP DOWN CEILING FLOOR HALF_UP HALF_DOWN HALF_EVEN UNNECESSARY'],
  [
    'java.time.temporal.ChronoUnit',
    'NANOS MICROS MILLIS SECONDS MINUTES HOURS HALF_DAYS DAYS WEEKS MONTHS YEARS DECADES CENTURIES MILLENNIA ERAS FOREVER',
  ],
];

/** Their layouts, by name. */
export const JDK_ENUMS: ReadonlyMap<string, KryoClassLayout> = new Map(
  ENUMS.map(([className, constants]) => {
    const base = { className, fields: [], final: true, typeParameters: [] };
    return [className, { ...base, kind: 'enum', constants: constants.split(' ') }];
  }),
);
