using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.Hosting;
using Scoring.Testing;
using Scoring.Verify.Scores;

namespace Scoring.Enrolments;

/// <summary>
/// Tests enrolment and withdrawal over HTTP on a real PostgreSQL, for a citizen, a vehicle's keeper and a merchant's operator.
/// </summary>
public sealed class EnrolmentTests
{
    private static readonly SmallSchema Schema = SmallSchema.OfDocs("receipt.schema.json");

    [Fact]
    public async Task Enrolment_and_withdrawal_give_receipts_that_verify_offline_and_free_the_ordinal()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var cancellationToken = timeout.Token;
        using var scratch = new ScratchFolder();
        await using var platform = await StandaloneProcess.Start(scratch.Path);
        using var session = platform.Session();
        var keys = (await session.Api.SendJson(HttpMethod.Get, "/v1/receipts/keys", null, null, cancellationToken))!.Value.GetRawText();
        foreach (var name in (string[])[ProgrammeNames.FairPayer, ProgrammeNames.SafeDriver, ProgrammeNames.CleanKitchen])
        {
            var programme = await session.Platform.Programme(name, cancellationToken);
            var resident = session.Residents.Draw(name, "resident");
            await ShouldRequireAdults(session, programme, resident, cancellationToken);
            var (status, enrolled) = await Enrol(
                session, programme, resident, resident.Handles, session.Credentials.ParticipantToken(resident.Participant),
                cancellationToken);
            (status, (int)enrolled["ordinal"]!).ShouldBe((HttpStatusCode.Created, 0), enrolled.ToJsonString());
            var consent = await Verified((string)enrolled["receipt"]!, keys);
            var token = session.Credentials.ParticipantToken(resident.Participant);
            var read = await session.Api.SendJson(HttpMethod.Get, $"/v1/me/subjects/{name}/0/receipt", token, null, cancellationToken);
            read!.Value.GetProperty("receipt").GetString().ShouldBe((string)enrolled["receipt"]!);
            var published = await session.Api.SendJson(HttpMethod.Get, $"/v1/programmes/{name}", null, null, cancellationToken);
            ((string)consent["dpv:hasRecordOfActivity"]!["scoring:version"]!["scoring:ruleSetHash"]!)
                .ShouldBe(published!.Value.GetProperty("ruleSetHash").GetString());

            var left = await session.Api.SendJson(HttpMethod.Delete, $"/v1/me/subjects/{name}/0", token, null, cancellationToken);

            var withdrawn = await Verified(left!.Value.GetProperty("receipt").GetString()!, keys);
            ((string)withdrawn["dct:replaces"]!).ShouldBe((string)consent["dct:identifier"]!);
            ((long)withdrawn["scoring:erasedEntries"]!).ShouldBe(1 + resident.Handles.Count);
            (await session.Api.SendJson(HttpMethod.Delete, $"/v1/me/subjects/{name}/0", token, null, cancellationToken)).ShouldBeNull();
        }
        await ShouldAllowThirtyTwoSubjects(session, cancellationToken);
        platform.Printed.ShouldNotContain("receipt+jwt");
    }

    private static async Task ShouldRequireAdults(
        Session session, ProgrammeDocument programme, Resident resident, CancellationToken cancellationToken)
    {
        using var issuer = new JwsSigner(session.Standalone.Issuer.SigningKey);
        foreach (var claim in (JsonNode?[])[null, false, "true", new JsonArray(true)])
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            var payload = new JsonObject
            {
                ["iss"] = session.Standalone.Issuer.Issuer, ["aud"] = session.Standalone.Issuer.Audience, ["sub"] = resident.Participant,
                ["roles"] = new JsonArray("participant"), ["exp"] = now + 600, ["birthdate"] = "1970-01-01",
            };
            if (claim is not null) payload["age_over_18"] = claim;
            var (status, refused) = await Enrol(
                session, programme, resident, resident.Handles, issuer.Sign("at+jwt", payload), cancellationToken);
            (status, (string)refused["type"]!).ShouldBe((HttpStatusCode.Forbidden, "urn:scoring:problem:adults-only"));
        }
    }

    private static async Task ShouldAllowThirtyTwoSubjects(Session session, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var keeper = session.Residents.Draw(programme.Id, "fleet");
        var token = session.Credentials.ParticipantToken(keeper.Participant);
        for (var n = 0; n < 32; n++)
            ((int)(await Enrol(session, programme, keeper, Handles(keeper, n), token, cancellationToken)).Answer["ordinal"]!).ShouldBe(n);
        var (status, refused) = await Enrol(session, programme, keeper, Handles(keeper, 32), token, cancellationToken);
        (status, (string)refused["type"]!).ShouldBe((HttpStatusCode.Conflict, "urn:scoring:problem:too-many-subjects"));

        await session.Api.SendJson(HttpMethod.Delete, $"/v1/me/subjects/{programme.Id}/13", token, null, cancellationToken);
        ((int)(await Enrol(session, programme, keeper, Handles(keeper, 32), token, cancellationToken)).Answer["ordinal"]!).ShouldBe(13);
        (await Enrol(session, programme, keeper, Handles(keeper, 33), token, cancellationToken)).Status.ShouldBe(HttpStatusCode.Conflict);
        var all = await session.Api.SendJson(HttpMethod.Get, $"/v1/me/subjects?programme={programme.Id}", token, null, cancellationToken);
        all!.Value.EnumerateArray().Select(one => one.GetProperty("ordinal").GetInt32()).ShouldBe(Enumerable.Range(0, 32));
    }

    private static IReadOnlyList<Handle> Handles(Resident keeper, int number) =>
        [.. keeper.Handles.Select(handle => handle with { Token = $"{handle.Token[..20]}-{number}" })];

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> Enrol(
        Session session, ProgrammeDocument programme, Resident resident, IReadOnlyList<Handle> handles, string token,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["programme"] = programme.Id,
            ["ruleSet"] = programme.InForce(programme.Today).Hash,
            ["handleProofs"] = new JsonArray([.. handles.Select(handle =>
                (JsonNode)session.Credentials.HandleProof(handle.Source, handle.Token, programme.Id, resident.Participant))]),
        };
        var (status, answer) = await session.Api.Send(
            HttpMethod.Post, "/v1/me/subjects", token, Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", cancellationToken);
        return (status, JsonNode.Parse(answer)!);
    }

    /// <summary>Verifies a receipt with a JOSE library, the published keys and the schema; returns its payload.</summary>
    private static async Task<JsonNode> Verified(string receipt, string keys)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(receipt, new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(), ValidAlgorithms = ["ES256"], ValidTypes = ["consent-receipt+jwt"],
            ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false,
        });
        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(receipt.Split('.')[1]))!;
        Schema.Faults(payload).ShouldBeEmpty();
        return payload;
    }
}
