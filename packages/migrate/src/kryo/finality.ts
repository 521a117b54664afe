import { BOXES, isPrimitive, STRING } from './java-types.js';
import { JDK_ENUMS } from './jdk-enums.js';

function java(prefix: string, names: string): string[] {
  return names.split(' ').map((name) => `java.${prefix}.${name}`);
}

/** Classes of the JDK that are final, JDK 8 to 21. */
const FINAL: ReadonlySet<string> = new Set([
  STRING,
  ...BOXES.map(([, box]) => box),
  ...java('lang', 'Void Class StringBuilder StringBuffer'),
  ...java('util', 'Currency Locale UUID Optional OptionalInt OptionalLong OptionalDouble'),
  ...java('util.regex', 'Pattern'),
  ...java('net', 'URI URL'),
  ...java('time', 'Duration Instant LocalDate LocalTime LocalDateTime ZoneOffset ZoneRegion OffsetTime'),
  ...java('time', 'OffsetDateTime ZonedDateTime Year YearMonth MonthDay Period'),
  ...JDK_ENUMS.keys(),
]);

/** Classes and interfaces of the JDK that are not, as far as fields and type arguments are declared with them. */
const OPEN: ReadonlySet<string> = new Set([
  ...java(
    'lang',
    'Object Number Comparable CharSequence Iterable Runnable Enum Cloneable AutoCloseable Record',
  ),
  ...java('lang', 'Throwable Exception RuntimeException Error'),
  ...java('io', 'Serializable'),
  ...java('util', 'Collection List Set Map Queue Deque SortedSet SortedMap NavigableSet NavigableMap'),
  ...java('util', 'AbstractCollection AbstractList AbstractSet AbstractMap AbstractQueue'),
  ...java('util', 'ArrayList LinkedList Vector Stack ArrayDeque PriorityQueue HashSet LinkedHashSet TreeSet'),
  ...java('util', 'HashMap LinkedHashMap TreeMap Hashtable IdentityHashMap WeakHashMap EnumMap Properties'),
  ...java('util', 'Comparator Iterator ListIterator RandomAccess Random'),
  ...java('util.function', 'Function BiFunction Supplier Consumer BiConsumer Predicate BiPredicate'),
  ...java('util.function', 'UnaryOperator BinaryOperator'),
  ...java('nio.charset', 'Charset'),
  ...java('util', 'EnumSet BitSet Date TimeZone SimpleTimeZone Calendar GregorianCalendar'),
  ...java('util.concurrent', 'ConcurrentMap ConcurrentHashMap ConcurrentNavigableMap ConcurrentSkipListMap'),
  ...java('util.concurrent', 'ConcurrentLinkedQueue ConcurrentLinkedDeque ConcurrentSkipListSet'),
  ...java('util.concurrent', 'CopyOnWriteArrayList CopyOnWriteArraySet BlockingQueue BlockingDeque'),
  ...java('util.concurrent.atomic', 'AtomicBoolean AtomicInteger AtomicLong AtomicReference'),
  ...java('math', 'BigInteger BigDecimal'),
  ...java('net', 'InetSocketAddress'),
  ...java('sql', 'Date Time Timestamp'),
  ...java('time', 'ZoneId'),
]);

const FLINK_TUPLE = /^org\.apache\.flink\.api\.java\.tuple\.Tuple\d*$/;

/** Whether a primitive, a class of the JDK or a tuple of Flink is final; undefined for a class that is not known. */
export function jdkFinal(name: string): boolean | undefined {
  if (isPrimitive(name) || FINAL.has(name)) return true;
  return OPEN.has(name) || FLINK_TUPLE.test(name) ? false : undefined;
}
