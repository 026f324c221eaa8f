/** People type a server's address with a slash at its end, and players put another one behind it. */
export const routerOptions = { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true } as const;
