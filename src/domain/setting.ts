/** A setting and its effective value, shown to admins. */
export interface Setting {
  /** The name of the environment variable. */
  readonly name: string;
  /** Null if the setting has no value, or if the value is hidden. */
  readonly value: string | null;
  /** False if the value is the default. */
  readonly isSet: boolean;
  /** True if the value is shown to nobody. */
  readonly isHidden: boolean;
}
