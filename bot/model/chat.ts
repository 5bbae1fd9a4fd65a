import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { initChatModel } from 'langchain';
import { Fault } from '../../knowledge/fault.ts';
import type { ChatChoice, Config } from '../config.ts';

/** Most tokens of one answer; models that think first need far more than they say. */
const MOST_TOKENS = 2_000;

/** How a provider is asked for JSON: OpenAI's own way, else what LangChain does for that provider. */
export type JsonMethod = 'jsonSchema' | undefined;

export interface Chat {
  readonly model: BaseChatModel;
  readonly method: JsonMethod;
}

/**
 * The model of the configuration, not asked yet. Retries are ours, with the turn's time in view.
 * Never streams: LangChain then fetches a tokenizer from a third party to count what was sent, and
 * an answer is checked whole anyway. Temperature stays unset, because some models refuse it.
 *
 * Throws `MODEL_UNAVAILABLE` where LangChain does not know the provider or its package is missing.
 */
export async function openChat(chat: ChatChoice, openai: Config['openai']): Promise<Chat> {
  const { provider, model, apiVersion } = chat;
  const common = { modelProvider: provider, maxRetries: 0, streaming: false };
  const settings =
    provider === 'openai'
      ? {
          ...common,
          maxTokens: MOST_TOKENS,
          ...(openai && { apiKey: openai.apiKey }),
          configuration: { maxRetries: 0, ...(openai?.baseUrl && { baseURL: openai.baseUrl }) },
        }
      : provider === 'azure_openai'
        ? {
            ...common,
            maxTokens: MOST_TOKENS,
            azureOpenAIApiKey: openai?.apiKey,
            azureOpenAIEndpoint: openai?.baseUrl,
            azureOpenAIApiDeploymentName: model,
            azureOpenAIApiVersion: apiVersion,
          }
        : common;
  try {
    const opened = await initChatModel(model, settings);
    const isOpenAi = provider === 'openai' || provider === 'azure_openai';
    return {
      model: opened as unknown as BaseChatModel,
      method: isOpenAi ? 'jsonSchema' : undefined,
    };
  } catch (error) {
    throw new Fault(
      'MODEL_UNAVAILABLE',
      `CHAT_MODEL=${provider}:… cannot be used; expected a provider of LangChain whose package is installed`,
      { cause: error },
    );
  }
}
