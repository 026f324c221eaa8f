/** How one shows who one is, in the words of OpenAPI. */
export const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The admin token, or one of /api/tokens' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'zapette_session',
    description: 'A browser that is logged in',
  },
} as const;

/** Either will do. */
export const bearerOrCookie = [{ bearer: [] }, { session: [] }];
