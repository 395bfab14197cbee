/** What a signer's role asks for. */
export const PERMISSION_OF = { clinical: 'sign-clinically', technical: 'sign-technically' } as const;
export const SHORTEST_PIN = 4;
export const LONGEST_PIN = 12;
