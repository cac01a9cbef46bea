import type { CardOpeners } from '../card/takeCardMessage.ts';

/** What cards open, loaded when the first of it is pressed. */
export function lateOpeners(load: () => Promise<CardOpeners>): CardOpeners {
  return {
    link: async (...given) => (await load()).link(...given),
    place: async (...given) => (await load()).place(...given),
    about: async (...given) => (await load()).about(...given),
    edit: async (...given) => (await load()).edit(...given),
    patch: async (...given) => (await load()).patch(...given),
    agent: async (...given) => (await load()).agent(...given),
  };
}
