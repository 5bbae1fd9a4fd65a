import type { ChatChoice } from '../../../bot/config.ts';
import { openChat } from '../../../bot/model/chat.ts';
import { withModelServer } from '../../support/model-server.ts';

const CHOICE: ChatChoice = {
  provider: 'openai',
  model: 'llama3.1:8b',
  apiVersion: '2024-10-21',
  timeoutMs: 1000,
  opinionMs: undefined,
  languages: [],
  price: undefined,
  dailyLimit: undefined,
};

describe('openChat', () => {
  it('asks any server that speaks OpenAI\u2019s protocol, in one piece', () =>
    withModelServer(
      () => 'hello',
      async ({ baseUrl, requests }) => {
        const { model } = await openChat(CHOICE, { apiKey: 'any-word', baseUrl });
        expect((await model.invoke('hi')).content).toBe('hello');
        expect(requests[0]).toMatchObject({
          path: '/v1/chat/completions',
          headers: { authorization: 'Bearer any-word' },
          body: { model: 'llama3.1:8b', stream: false },
        });
        expect(requests[0]?.body).not.toHaveProperty('temperature');
      },
    ));

  it('asks a deployment of Azure OpenAI', () =>
    withModelServer(
      () => 'hello',
      async ({ baseUrl, requests }) => {
        const azure = { ...CHOICE, provider: 'azure_openai', model: 'mine' };
        const { model } = await openChat(azure, {
          apiKey: 'azure-key',
          baseUrl: baseUrl.replace('/v1', ''),
        });
        await model.invoke('hi');
        expect(requests[0]).toMatchObject({
          path: '/openai/deployments/mine/chat/completions?api-version=2024-10-21',
          headers: { 'api-key': 'azure-key' },
        });
      },
    ));

  it.each(['nobody', 'mistral'])('says so where %s cannot be used', async (provider) => {
    await expect(openChat({ ...CHOICE, provider }, undefined)).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
    });
  });
});
