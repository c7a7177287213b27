using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Scoring.Enrolments;
using Scoring.Hosting;
using Scoring.Keys;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Testing;

namespace Scoring.Receipts;

public sealed class ReceiptTests
{
    private static readonly SmallSchema Schema = SmallSchema.OfDocs("receipt.schema.json");
    private static readonly DateTimeOffset At = new(2026, 11, 23, 7, 15, 0, TimeSpan.Zero);

    public static TheoryData<string> Shipped => ["clean-kitchen", "fair-payer", "safe-driver"];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task Receipts_of_the_shipped_programmes_have_every_mandatory_member_from_joining_to_leaving(string programme)
    {
        var (issuer, version) = Issuer(programme);
        var given = issuer.Given(version, At);
        var renewed = issuer.Given(version, At.AddDays(1), given);
        var withdrawn = issuer.Withdrawn(version, At.AddDays(2), renewed, 7);

        foreach (var receipt in (string[])[given, renewed, withdrawn]) Schema.Faults(Payload(receipt)).ShouldBeEmpty();
        Payload(given)["dct:replaces"].ShouldBeNull();
        Text(renewed, "dct:replaces").ShouldBe(Text(given, "dct:identifier"));
        Text(withdrawn, "dct:replaces").ShouldBe(Text(renewed, "dct:identifier"));
        ((long)Payload(withdrawn)["scoring:erasedEntries"]!).ShouldBe(7);
        foreach (var same in (string[])["dct:identifier", "dpv:hasDataSubject", "scoring:version", "dpv:hasEntity", "dpv:hasProcess"])
            Record(withdrawn)[same]!.ToJsonString().ShouldBe(Record(given)[same]!.ToJsonString());
        Record(withdrawn)["dpv:hasConsentStatus"]!.AsArray().Select(one => ((string)one!["@type"]!, (string)one["dpv:isIndicatedAtTime"]!))
            .ShouldBe([("dpv:ConsentGiven", "2026-11-24T07:15:00Z"), ("dpv:ConsentWithdrawn", "2026-11-25T07:15:00Z")]);
        var published = await PublishedKeys();
        foreach (var receipt in (string[])[given, renewed, withdrawn]) (await Verifies(receipt, published)).ShouldBeTrue();
    }

    [Fact]
    public void A_receipt_names_documents_by_their_hashes_and_data_by_the_family_of_its_source()
    {
        var (issuer, version) = Issuer("safe-driver");
        var record = Record(issuer.Given(version, At));
        var shown = record["scoring:version"]!;
        ((string)shown["scoring:ruleSetHash"]!).ShouldBe(version.RuleSet.Hash);
        ((string)shown["scoring:termsHash"]!).ShouldBe(
            Convert.ToHexStringLower(SHA256.HashData(ProgrammeDocument.Write(version.Terms))));
        ((string)shown["scoring:assessmentHash"]!).ShouldBe(
            Convert.ToHexStringLower(SHA256.HashData(AssessmentDocument.Write(version.Assessment))));
        record["dpv:hasProcess"]!["dpv:hasPersonalData"]!.AsArray()
            .Select(data => ((string)data!["dct:identifier"]!, (string)data["dpv:hasDataSource"]!["scoring:family"]!))
            .ShouldBe(version.Terms.EventTypes.Select(name => (name, name.Split('.')[0])));
        record["dpv:hasEntity"]!.AsArray().Select(entity => (string)entity!["dpv:hasName"]!).ShouldContain(
            version.Terms.Controller.LegalName);
    }

    [Fact]
    public void Receipts_of_one_version_name_the_services_that_may_query_on_their_own_day()
    {
        var (issuer, version) = Issuer("safe-driver");
        var before = issuer.Given(version, At);
        var after = issuer.Given(version, At.AddYears(1));
        var again = issuer.Given(version, At);
        string[] Recipients(string receipt) =>
            [.. Record(receipt)["dpv:hasProcess"]!["dpv:hasRecipient"]!.AsArray().Select(service => (string)service!)];
        Recipients(before).ShouldBe(["urn:scoring:service:desk"]);
        Recipients(after).ShouldBeEmpty();
        Recipients(again).ShouldBe(["urn:scoring:service:desk"]);
        Record(after)["dpv:hasEntity"]!.AsArray().Count.ShouldBe(Record(before)["dpv:hasEntity"]!.AsArray().Count - 1);
    }

    [Theory]
    [InlineData("dct:conformsTo")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasNotice/dct:language")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasConsentControl")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasProcess/dpv:hasStorageCondition/0/dpv:hasLocation")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasProcess/dpv:hasPersonalData/1/dpv:hasDataSource/scoring:family")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasEntity/0/schema:contactPoint/1")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasEntity/1")]
    [InlineData("dpv:hasRecordOfActivity/dpv:hasConsentStatus/0/dpv:isIndicatedAtTime")]
    public void A_receipt_without_a_mandatory_member_does_not_pass_the_schema(string path)
    {
        var (issuer, version) = Issuer("safe-driver");
        var receipt = Payload(issuer.Given(version, At));
        var names = path.Split('/');
        var holder = names[..^1].Aggregate<string, JsonNode>(
            receipt, (node, name) => node is JsonArray array ? array[int.Parse(name)]! : node[name]!);
        if (holder is JsonArray list) list.RemoveAt(int.Parse(names[^1]));
        else holder.AsObject().Remove(names[^1]).ShouldBeTrue();
        Schema.Faults(receipt).ShouldNotBeEmpty();
        var blank = Payload(issuer.Given(version, At));
        blank["unknown"] = 1;
        Schema.Faults(blank).ShouldBe(["/unknown: not expected here"]);
    }

    [Fact]
    public async Task A_receipt_changed_by_a_letter_or_signed_by_another_key_does_not_verify()
    {
        var (issuer, version) = Issuer("safe-driver");
        var receipt = issuer.Given(version, At);
        var parts = receipt.Split('.');
        var forged = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))
            .Replace("safe-driver", "safe-drover", StringComparison.Ordinal);
        var published = await PublishedKeys();
        (await Verifies($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged))}.{parts[2]}", published)).ShouldBeFalse();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (foreign, _) = Issuer("safe-driver", new ReceiptSigner(other, "receipt-1"));
        (await Verifies(foreign.Given(version, At), published)).ShouldBeFalse();
        (await Verifies(TestReceiptKey.Signer.Sign(Encoding.UTF8.GetBytes("{}"), ReceiptSigner.ManifestType), published)).ShouldBeFalse();
    }

    [Fact]
    public void A_receipt_of_the_first_format_is_replaced_and_any_other_text_is_ignored()
    {
        const string FirstFormat =
            """{"receiptId":"0123456789abcdef0123456789abcdef","principalId":"fedcba9876543210fedcba9876543210","""
            + "\"time\":\"2026-01-02T03:04:05Z\"}";
        var (issuer, version) = Issuer("fair-payer");
        var withdrawn = issuer.Withdrawn(version, At, TestReceiptKey.Signer.Sign(Encoding.UTF8.GetBytes(FirstFormat)), 3);
        Schema.Faults(Payload(withdrawn)).ShouldBeEmpty();
        Text(withdrawn, "dct:replaces").ShouldBe("0123456789abcdef0123456789abcdef");
        ((string)Record(withdrawn)["dpv:hasConsentStatus"]![0]!["dpv:isIndicatedAtTime"]!).ShouldBe("2026-01-02T03:04:05Z");
        foreach (var invalid in (string[])["", "a.b.c", "e30.e30.e30", "e30.W10.e30", "e30.eyJyZWNlaXB0SWQiOjF9.e30"])
            PreviousReceipt.Read(invalid).ShouldBeNull(invalid);
    }

    [Fact]
    public async Task A_withdrawal_returns_a_receipt_that_names_the_newest_one_and_counts_what_was_erased()
    {
        await using var city = await TestCity.Start(silos: 1);
        var grain = city.Grains.GetGrain<IEnrolmentGrain>(0);
        var own = new OwnSubject("anna", TestProgrammes.Vehicles, 0);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var proof = TestProgrammes.Proof(new
        {
            handle = "a-handle-of-16-chars", programme = "safe-driver", sub = "anna", iss = TestProgrammes.SourceId,
            iat = now - 1, exp = now + 60,
        });
        var enrolled =
            (await grain.Enrol("anna", new EnrolRequest(TestProgrammes.Vehicles, TestProgrammes.RuleSet(1).Hash, [proof]))).Enrolled!;
        Schema.Faults(Payload(enrolled.Receipt)).ShouldBeEmpty();
        var subject = city.Ledger.OnlySubject;
        city.Append(subject);

        var left = (await grain.Withdraw(own, null)).ShouldNotBeNull();

        left.Entries.ShouldBe(3);
        var receipt = left.Receipt.ShouldNotBeNull();
        Schema.Faults(Payload(receipt)).ShouldBeEmpty();
        Text(receipt, "dct:replaces").ShouldBe(Text(enrolled.Receipt, "dct:identifier"));
        ((long)Payload(receipt)["scoring:erasedEntries"]!).ShouldBe(3);
        (await grain.Withdraw(own, null)).ShouldBeNull();
    }

    private static (ReceiptIssuer Issuer, ProgrammeVersion Version) Issuer(string programme, ReceiptSigner? signer = null)
    {
        var services = new ServiceCollection();
        services.AddReceipts(new ConfigurationBuilder().AddInMemoryCollection().Build(), isDevelopment: true);
        var notice = services.BuildServiceProvider().GetRequiredService<IOptions<PrivacyNoticeOptions>>();
        var clock = new FakeTimeProvider(At);
        var book = new CurrentRuleBook(Options.Create(new RuleBookOptions()), clock);
        var documents = ProgrammeFolder.Load(Path.Combine(AppContext.BaseDirectory, "programmes"), null) with
        {
            Services =
            [
                new Service(
                    "desk", ProgrammeId.Parse(programme), "Desk Ltd", "Discounts", "desk@desk.example", new DateOnly(2027, 1, 1),
                    Context.Mobility),
            ],
        };
        book.Renew(documents.Compile(), documents.Publish(At));
        var catalogue = new CurrentCatalogue(book, new ProgrammeClock(clock));
        var version = catalogue.Find(ProgrammeId.Parse(programme))!.Published.Versions[^1];
        return (new ReceiptIssuer(signer ?? TestReceiptKey.Signer, catalogue, notice), version);
    }

    private static async Task<JsonWebKeySet> PublishedKeys()
    {
        var keys = await new ReceiptGrain(TestReceiptKey.Signer).Keys();
        return new JsonWebKeySet(JsonSerializer.Serialize(new { keys }, JsonSerializerOptions.Web));
    }

    /// <summary>Verifies a receipt with the JOSE library and the published keys alone.</summary>
    private static async Task<bool> Verifies(string receipt, JsonWebKeySet keys) =>
        (await new JsonWebTokenHandler().ValidateTokenAsync(receipt, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(), ValidAlgorithms = ["ES256"], ValidTypes = ["consent-receipt+jwt"],
            ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false,
        })).IsValid;

    private static JsonObject Payload(string receipt) => JsonNode.Parse(Base64Url.DecodeFromChars(receipt.Split('.')[1]))!.AsObject();

    private static JsonNode Record(string receipt) => Payload(receipt)["dpv:hasRecordOfActivity"]!;

    private static string Text(string receipt, string name) => (string)Payload(receipt)[name]!;
}
