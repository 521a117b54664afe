/**
 * What two snapshots cannot tell, though Flink knows it from the classes or the values. Each is proven by a twin: another
 * pair of the same file with the same bytes in the same place, to which Flink says what we say.
 */
export interface Untold {
  readonly why: string;
  /** Family and phrase of the pairs. */
  readonly pairs: RegExp;
  /** Answers that differ from Flink's: 1.20, 2.3, and 1.20 under 2.3. */
  readonly answers: readonly [number, number, number];
}

/** In this order: a pair belongs to the first row that it matches. */
export const UNTOLD: readonly Untold[] = [
  {
    why: 'A boxed and a primitive field have the same serializer. The new job fails on a null, if there is one.',
    pairs: /^pojo-retyped: (Boolean|Byte|Short|Integer|Long|Float|Double|Character) to [a-z]+$/,
    answers: [16, 16, 16],
  },
  {
    why: 'Whether a class is abstract is nowhere written. The new job fails where it makes an object of it.',
    pairs: /class made abstract|Cat made abstract/,
    answers: [19, 19, 19],
  },
  {
    why: 'A field made static or transient is not in the new snapshot, as if it were removed; but Flink finds it by its name in the class, and its check throws.',
    pairs: /^(pojo-shape|nested|nested-twice|place|scala): .*field made (static|transient)/,
    answers: [169, 178, 166],
  },
  {
    why: 'A class that only the old snapshot names may be gone. It is taken to be still there, so that the verdict is that of the types; a removed field or registration is then no harm.',
    pairs:
      /^pojo-class-gone: .* with its class|^pojo-subclass: .* gone, |^kryo-gone: |^avro-(mixed|name): .*(specific to generic|class gone)$/,
    answers: [122, 122, 97],
  },
  {
    why: 'A class in a field was renamed and the old one is gone. Flink then takes the field for removed, says AFTER_MIGRATION, and dies; while the old one is there it says INCOMPATIBLE. Neither restores.',
    pairs: /^(pojo-shape|pojo-class-gone|enum): .*class renamed(, (in|under) |$)/,
    answers: [10, 10, 8],
  },
  {
    why: 'Which class extends which is nowhere written, nor whether the old superclass is still there and still has the field.',
    pairs: /^pojo-hierarchy: /,
    answers: [12, 12, 12],
  },
  {
    why: 'The new snapshot does not name a subclass that is not registered, so that its fields are not there to be compared; the heap fails while it reads such objects.',
    pairs: /^pojo-subclass: .*, (field of Cat retyped|Cat made generic|Cat no longer a subclass), /,
    answers: [21, 15, 15],
  },
  {
    why: 'Kryo describes no class, and the heap fails while it reads objects of one that has changed.',
    pairs:
      /^kryo-class: |: Kryo (class with a )?field added|^enum: .* (in a POJO's (list|map key)|under Kryo)$/,
    answers: [45, 49, 1],
  },
  {
    why: 'A Value writes itself, and the heap fails while it reads objects of a class that has changed.',
    pairs: /^value-type: /,
    answers: [13, 14, 13],
  },
  {
    why: "The job gave Flink's own serializer of TTL values to a state without TTL; since 2.2 the backend takes that for TTL and changes the objects.",
    pairs: /^exchanged: long.* in a TTL value$/,
    answers: [0, 4, 4],
  },
  {
    why: 'A class whose schema Avro made by reflection is no record that can be written as a generic one; one that Avro generated is. The snapshots are the same.',
    pairs: /^avro-reflect: .* to generic a, b, the class stays$/,
    answers: [4, 4, 4],
  },
];

/** What we do not say although Flink does: id of the pair, and why. */
export const UNSAID: { readonly [id: string]: string } = {
  'composite-001':
    'Two comparators are equal if the one says so, which is code; theirs are Java objects of two classes.',
};

/** Answers whether values come back that are `unknown`, by what is not known: 1.20, 2.3, and 1.20 under 2.3. */
export const UNKNOWN: { readonly [codes: string]: readonly [number, number, number] } = {
  /* A class that Avro generated, or one that it reads with reflection. */
  'class-changed': [54, 54, 54],
  /* A class that writes itself. */
  'custom-cannot-tell': [41, 44, 41],
  'kryo-2-under-kryo-5': [0, 0, 5],
  'kryo-cannot-tell': [357, 241, 0],
  'kryo-cannot-tell, kryo-registrations-changed': [238, 236, 0],
  /* A field that Kryo wrote, which is read to be dropped. */
  'pojo-field-removed': [32, 16, 0],
  /* A subclass that the new snapshot does not name, because it has not met it. */
  'pojo-subclass-registration-changed': [82, 96, 96],
  'pojo-subclass-registration-changed, pojo-subclass-unregistered': [31, 33, 33],
  'pojo-subclass-unregistered': [85, 99, 99],
};
