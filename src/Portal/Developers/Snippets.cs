using System.Text.Json;
using Scoring.Client;

namespace Scoring.Developers;

/// <summary>Programs to copy, with the visitor's own programme in them. A secret is always a variable.</summary>
internal static class Snippets
{
    private static readonly JsonSerializerOptions Indented = new(ScoringJson.Options) { WriteIndented = true };

    /// <summary>Returns JSON as the API reads and writes it, for people.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>Asks by curl.</summary>
    public static string QueryByCurl(string api, string grant) =>
        $$"""
        curl "{{api}}/v1/scores/query/test" \
          -H "Authorization: Bearer $ACCESS_TOKEN" \
          -H "Content-Type: application/json" \
          -d '{"grant":"{{grant}}"}'
        """;

    /// <summary>Asks by the client for .NET.</summary>
    public static string QueryByClient(string api, string tier) =>
        $$"""
        {{Client(api, "service")}}
        var answer = await scoring.Scores.Test(TestGrants.OfTier("{{tier}}"));
        // var answer = await scoring.Scores.Query(grant); with the grant that the person gave you
        Console.WriteLine($"{answer.Tier}, valid until {answer.ValidUntil:O}");
        """;

    /// <summary>Asks by TypeScript, with types of the API's document.</summary>
    public static string QueryByTypeScript(string api, string grant) =>
        $$"""
        // npx openapi-typescript {{api}}/openapi/v1.json -o scoring.d.ts
        import type { components } from "./scoring";

        type ScoreAnswer = components["schemas"]["ScoreAnswer"];

        export async function score(grant: string, accessToken: string): Promise<ScoreAnswer> {
          const response = await fetch("{{api}}/v1/scores/query/test", {
            method: "POST",
            headers: { Authorization: `Bearer ${accessToken}`, "Content-Type": "application/json" },
            body: JSON.stringify({ grant }),
          });
          if (response.status === 429 || response.status === 503) {
            throw new Error(`Try again in ${response.headers.get("Retry-After")} seconds.`);
          }
          if (!response.ok) throw new Error((await response.json()).title);
          return response.json();
        }

        console.log(await score("{{grant}}", process.env.ACCESS_TOKEN!));
        """;

    /// <summary>Sends an event by curl.</summary>
    public static string SendByCurl(string api, CloudEvent sent) =>
        $$"""
        curl -i "{{api}}/v1/events" \
          -H "Authorization: Bearer $ACCESS_TOKEN" \
          -H "Content-Type: application/cloudevents+json" \
          -d @- <<'EVENT'
        {{Json(sent)}}
        EVENT
        """;

    /// <summary>Sends an event by the client for .NET.</summary>
    public static string SendByClient(string api, CloudEvent sent) =>
        $$"""
        {{Client(api, "source")}}
        var data = new CloudEventData({{Quoted(sent.Data.Programme)}}, handle)
        {
            Attributes = new Dictionary<string, object>
            {
        {{string.Join('\n', (sent.Data.Attributes ?? new Dictionary<string, object>()).Select(attribute =>
            $"        [{Quoted(attribute.Key)}] = {JsonSerializer.Serialize(attribute.Value)},"))}}
            },
        };
        await scoring.Events.Send(new CloudEvent(
            Guid.NewGuid().ToString(), {{Quoted(sent.Source)}}, {{Quoted(sent.Type)}}, happenedAt, data));
        """;

    /// <summary>Makes a client with the access token of a role.</summary>
    private static string Client(string api, string role) =>
        $$"""
        using Scoring.Client;

        using var scoring = new ScoringClient(new ScoringClientOptions
        {
            Addresses = [new Uri("{{api}}")],
            AccessToken = tokens.Current, // yours, with the role "{{role}}"
        });
        """;

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
