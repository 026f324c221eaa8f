import { tell } from './failure.ts';
import { toast } from './toasts.tsx';

/** Has something changed on the server and says that it is. @param shown has what is shown asked for anew. */
export async function change(
  asked: Promise<unknown>,
  done: string,
  shown: () => Promise<void>,
): Promise<void> {
  try {
    await asked;
    toast('good', done);
  } catch (error) {
    tell(error);
  }
  await shown();
}
