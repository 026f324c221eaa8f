import { signal } from '@preact/signals';
import { about } from '../common/screens.ts';

/** Seconds between two pictures, so that a pointer that moves a little asks for none anew. */
const STEP = 5;

/** Loads the picture of the moment that was wanted last, one at a time: those in between are left out. */
export class ThumbnailLoader {
  /** The address of the picture to show; null while there is none. */
  readonly shown = signal<string | null>(null);
  private wanted: string | null = null;
  private loading: string | null = null;

  /** @param moment epoch milliseconds; null once no picture is wanted */
  want(moment: number | null): void {
    this.wanted = moment === null ? null : addressOf(moment);
    if (this.wanted === null) this.shown.value = null;
    else if (this.loading === null && this.wanted !== this.shown.peek()) this.load(this.wanted);
  }

  private load(address: string): void {
    this.loading = address;
    const picture = new Image();
    picture.onload = () => this.loaded(address, address);
    picture.onerror = () => this.loaded(address, null);
    picture.src = address;
  }

  private loaded(address: string, shown: string | null): void {
    this.loading = null;
    if (this.wanted === null) return;
    this.shown.value = shown;
    if (this.wanted !== address) this.load(this.wanted);
  }
}

function addressOf(moment: number): string {
  const path = about('/api/past/thumbnail');
  const at = Math.floor(moment / 1000 / STEP) * STEP;
  return `${path}${path.includes('?') ? '&' : '?'}at=${at}`;
}
