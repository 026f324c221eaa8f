/** A setting as it is in force, for an admin to read. */
export interface Setting {
  /** As it is called in the environment. */
  readonly name: string;
  /** Null: there is none, or it is hidden. */
  readonly value: string | null;
  /** Somebody has set it; otherwise the value is the default. */
  readonly isSet: boolean;
  /** The value is not told to anybody. */
  readonly isHidden: boolean;
}
