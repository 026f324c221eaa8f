/**
 * Types of the schemas that the fake uses, since the package ships them as JavaScript without types.
 * A parsed value has the shape of discord.js' own API types.
 */
declare module 'discord-api-spec/zod' {
  import type {
    APIModalInteractionResponseCallbackData,
    RESTPatchAPIChannelMessageJSONBody,
    RESTPutAPIApplicationCommandsJSONBody,
  } from 'discord.js';

  export interface SpecIssue {
    readonly code: string;
    readonly path: readonly PropertyKey[];
    readonly message: string;
    readonly minimum?: number | bigint;
    readonly maximum?: number | bigint;
    readonly origin?: string;
    readonly format?: string;
    readonly values?: readonly unknown[];
    /** The issues of each branch of a union. */
    readonly errors?: readonly (readonly SpecIssue[])[];
  }

  export interface SpecSchema<T = unknown> {
    safeParse(
      value: unknown,
    ):
      | { readonly success: true; readonly data: T }
      | { readonly success: false; readonly error: { readonly issues: readonly SpecIssue[] } };
  }

  type Message = RESTPatchAPIChannelMessageJSONBody & { readonly tts?: boolean };

  export const MessageCreateRequestSchema: SpecSchema<Message>;
  export const MessageEditRequestPartialSchema: SpecSchema<Message>;
  export const IncomingWebhookInteractionRequestSchema: SpecSchema<Message>;
  export const IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema: SpecSchema<Message>;
  export const IncomingWebhookUpdateRequestPartialSchema: SpecSchema<Message>;
  export const ModalInteractionCallbackRequestDataSchema: SpecSchema<APIModalInteractionResponseCallbackData>;
  export const ApplicationCommandUpdateRequestSchema: SpecSchema<
    RESTPutAPIApplicationCommandsJSONBody[number]
  >;
  export const CreatePrivateChannelRequestSchema: SpecSchema<{ readonly recipient_id?: string | null }>;
  export const AvailableLocalesEnumSchema: SpecSchema<string>;
  export const InteractionApplicationCommandAutocompleteCallbackStringDataSchema: SpecSchema;
  export const InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema: SpecSchema;
  export const InteractionApplicationCommandAutocompleteCallbackNumberDataSchema: SpecSchema;

  export const ApplicationCommandResponseSchema: SpecSchema;
  export const GatewayBotResponseSchema: SpecSchema;
  export const GuildChannelResponseSchema: SpecSchema;
  export const GuildMemberResponseSchema: SpecSchema;
  export const GuildRoleResponseSchema: SpecSchema;
  export const GuildWithCountsResponseSchema: SpecSchema;
  export const InteractionCallbackResponseSchema: SpecSchema;
  export const MessageResponseSchema: SpecSchema;
  export const MyGuildResponseSchema: SpecSchema;
  export const PrivateApplicationResponseSchema: SpecSchema;
  export const PrivateChannelResponseSchema: SpecSchema;
  export const UserPIIResponseSchema: SpecSchema;
  export const UserResponseSchema: SpecSchema;
}
