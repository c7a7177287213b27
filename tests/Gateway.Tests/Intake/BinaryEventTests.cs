using System.Text;
using CsCheck;
using Scoring.Hosting;

namespace Scoring.Intake;

public sealed class BinaryEventTests
{
    private static readonly (string Name, string Value)[] Sound =
    [
        ("ce-specversion", "1.0"), ("CE-Id", "e1"), ("ce-source", Some.Source), ("ce-type", "traffic.speeding"),
        ("ce-time", "2026-11-23T08:15:00+01:00"),
    ];

    [Fact]
    public async Task Attributes_may_be_in_headers()
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, Some.Data(), [.. Sound, ("ce-subject", "x"), ("ce-traceparent", "00-1-2-01")]);
        answer.Status.ShouldBe(202, answer.Text);
        var taken = gateway.City.Appended!.Events.Single();
        (taken.Id, taken.Time).ShouldBe(("e1", Some.Instant));
        Encoding.UTF8.GetString(taken.Body).ShouldStartWith("{\"data\":{\"overLimitKmh\":12}");
    }

    [Theory]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("100%25", "100%")]
    [InlineData("%2525", "%25")]
    [InlineData("\"quoted \\\"id\\\"\"", "quoted \"id\"")]
    [InlineData("plain", "plain")]
    public async Task Headers_are_decoded_once(string header, string id)
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, Some.Data(), With("CE-Id", header))).Status.ShouldBe(202);
        gateway.City.Appended!.Events.Single().Id.ShouldBe(id);
    }

    [Theory]
    [InlineData("CE-Id", "%zz", "/id")]
    [InlineData("CE-Id", "%C0%80", "/id")]
    [InlineData("CE-Id", "a%00b", "/id")]
    [InlineData("CE-Id", "%", "/id")]
    [InlineData("ce-specversion", "1", "/specversion")]
    [InlineData("ce-source", "urn:other", "/source")]
    [InlineData("ce-time", "today", "/time")]
    public async Task A_bad_header_is_named_as_the_member_it_stands_for(string name, string value, string pointer)
    {
        await using var gateway = await TestGateway.Start();
        var answer = await Post(gateway, Some.Data(), With(name, value));
        (answer.Status, answer.Pointers.Single()).ShouldBe((400, pointer));
    }

    [Fact]
    public async Task Missing_headers_and_bad_data_are_all_named()
    {
        await using var gateway = await TestGateway.Start();
        (await Post(gateway, Some.Data(), [])).Pointers.ShouldBe(["/specversion", "/id", "/source", "/type", "/time"]);
        (await Post(gateway, Some.Data("\"overLimitKmh\":1.5"), Sound)).Pointers.ShouldBe(["/data/overLimitKmh"]);
        (await Post(gateway, "{", Sound)).Pointers.ShouldBe(["/data"]);
        (await Post(gateway, "", Sound)).Pointers.ShouldBe(["/data"]);
        (await Post(gateway, Some.Data() + "1", Sound)).Pointers.ShouldBe(["/data"]);
        (await Post(gateway, Some.Data(), [.. Sound, ("ce-datacontenttype", "application/json")])).Pointers.ShouldBe(["/datacontenttype"]);
    }

    [Fact]
    public void A_percent_encoded_text_is_decoded_to_itself() => Gen.String[Gen.Char["%\"\\aF0 é\u0000€"], 0, 12].Sample(text =>
        HeaderReader.Decode(string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:X2}"))) == text);

    [Fact]
    public void No_header_throws() => Gen.String[Gen.Char["%\"\\aF0 \ud83d\ude00é"], 0, 12].Sample(
        header => HeaderReader.Decode(header) is not { } text || text.Length <= header.Length, iter: 100_000);

    private static (string, string)[] With(string name, string value) => [.. Sound.Where(h => h.Name != name), (name, value)];

    private static Task<Answer> Post(TestGateway gateway, string body, (string Name, string Value)[] headers) =>
        gateway.Send(HttpMethod.Post, "/v1/events", "source", body, change: request =>
        {
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        });
}
