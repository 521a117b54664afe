import { Opaque } from '@statewright/serializers';

/** A value that is only copied, but whose end is known: what follows it stands behind it, and it may be moved. */
export class EndedOpaque extends Opaque {}
