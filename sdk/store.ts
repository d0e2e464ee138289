import { z } from 'zod';
import { decodeStored, type Encoded } from './encode.js';
import { CompanionError, messageOf } from './errors.js';

/** What outlives a reload: the frames not yet acknowledged, in order, and where the actions stand. */
export type Saved = {
  pending: { id: string; frame: string }[];
  resume?: string | undefined;
};

/**
 * Where `Saved` is kept. `load` resolves with what was last saved, `undefined` when nothing was. Calls to
 * `save` never overlap. One store belongs to one player in one place: two that share it undo each other.
 */
export type Store = {
  load(): Promise<unknown>;
  save(saved: Saved): Promise<void>;
};

/** A store in the browser's localStorage under this key; each player, and each tab, needs its own key. */
export function browserStore(key: string): Store {
  return {
    load: async () => {
      const text = localStorage.getItem(key);
      try {
        return text === null ? undefined : JSON.parse(text);
      } catch {
        return text;
      }
    },
    save: async (saved) => localStorage.setItem(key, JSON.stringify(saved)),
  };
}

const savedSchema = z.object({
  pending: z.array(z.object({ id: z.string(), frame: z.string() })),
  resume: z.string().max(64).optional(),
});

/** Writes behind the client: one save at a time, the newest state last. */
export type Keeper = {
  readonly store: Store | undefined;
  /** What to save now. */
  snapshot(): Saved;
  onError(error: CompanionError): void;
  /** False until loaded, so that nothing kept is overwritten; false again when it could not be read. */
  on: boolean;
  dirty: boolean;
  saving: Promise<void> | undefined;
  /** A store that stays full is said once. */
  complained: boolean;
};

type KeeperPorts = Pick<Keeper, 'snapshot' | 'onError'>;

export const createKeeper = (store: Store | undefined, ports: KeeperPorts): Keeper => ({
  store,
  ...ports,
  on: false,
  dirty: false,
  saving: undefined,
  complained: false,
});

/** What an earlier run left. */
export async function load(keeper: Keeper): Promise<{ pending: Encoded[]; resume: string | undefined }> {
  const nothing = { pending: [], resume: undefined };
  if (!keeper.store) return nothing;
  let raw: unknown;
  try {
    raw = await keeper.store.load();
  } catch (cause) {
    keeper.onError(
      new CompanionError('store', `the store cannot be read and is not used: ${messageOf(cause)}`, { cause }),
    );
    return nothing;
  }
  keeper.on = true;
  if (raw === undefined || raw === null) return nothing;
  const saved = savedSchema.safeParse(raw);
  const frames = saved.success ? saved.data.pending.map(({ frame }) => decodeStored(frame)) : [undefined];
  const pending = frames.filter((frame) => frame !== undefined);
  if (pending.length < frames.length)
    keeper.onError(new CompanionError('store', 'the store held something else than frames; it was let go'));
  return { pending, resume: saved.data?.resume };
}

/** Something changed: save it at the end of this turn. */
export function touch(keeper: Keeper): void {
  if (!keeper.on || keeper.dirty) return;
  keeper.dirty = true;
  if (!keeper.saving) keeper.saving = saveAll(keeper);
}

async function saveAll(keeper: Keeper): Promise<void> {
  await undefined;
  while (keeper.dirty) {
    keeper.dirty = false;
    try {
      await keeper.store!.save(keeper.snapshot());
      keeper.complained = false;
    } catch (cause) {
      if (!keeper.complained)
        keeper.onError(new CompanionError('store', `the store did not save: ${messageOf(cause)}`, { cause }));
      keeper.complained = true;
    }
  }
  keeper.saving = undefined;
}

/** Saves a last time and no more. The snapshot is taken before the first await. */
export async function finish(keeper: Keeper): Promise<void> {
  const last = keeper.snapshot();
  keeper.snapshot = () => last;
  touch(keeper);
  keeper.on = false;
  await keeper.saving;
}
