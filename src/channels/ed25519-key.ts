import ssh2 from 'ssh2';

const { generateKeyPairSync, parseKey } = ssh2.utils;

export type KeyPair = { readonly private: string; readonly public: string };

/** ssh2 1.17 writes one key in some two hundred so that nobody can read it: such a one is thrown away. */
export function makeEd25519Key(): KeyPair {
  for (;;) {
    const pair = generateKeyPairSync('ed25519');
    if (!(parseKey(pair.public) instanceof Error) && !(parseKey(pair.private) instanceof Error)) return pair;
  }
}
