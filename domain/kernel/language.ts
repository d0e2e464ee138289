export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

export const personas = ['cheerful', 'cool', 'cute'] as const;
export type Persona = (typeof personas)[number];
