using System.Globalization;
using System.Text.Json;
using CsCheck;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.Intake;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-11-23T08:15:00+01:00", "2026-11-23T07:15:00.0000000+00:00")]
    [InlineData("2026-11-23t08:15:00.5z", "2026-11-23T08:15:00.5000000+00:00")]
    [InlineData("2024-02-29T00:00:00-23:59", "2024-02-29T23:59:00.0000000+00:00")]
    [InlineData("1985-04-12T00:59:59.999999999999999Z", "1985-04-12T00:59:59.9999999+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.9999999+00:00")]
    [InlineData("2015-07-01T01:59:60.25+02:00", "2015-06-30T23:59:59.9999999+00:00")]
    [InlineData("2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    public void A_valid_instant_is_read(string text, string expected)
    {
        Rfc3339.Read(text, out var instant).ShouldBe(InstantParseResult.Sound);
        instant.ToString("O", CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2026-11-23 08:15:00Z")]
    [InlineData("2026-11-23T08:15:00")]
    [InlineData("2026-11-23T08:15Z")]
    [InlineData("2026-11-23T08:15:00.Z")]
    [InlineData("2026-11-23T08:15:00,5Z")]
    [InlineData("2026-11-23T08:15:00+0100")]
    [InlineData("2026-11-23T08:15:00+01")]
    [InlineData("2026-11-23T08:15:00Z ")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("1900-02-29T00:00:00Z")]
    [InlineData("2026-00-10T00:00:00Z")]
    [InlineData("2026-10-00T00:00:00Z")]
    [InlineData("2026-11-23T23:59:60Z")]
    [InlineData("2016-12-31T22:59:60Z")]
    [InlineData("٢٠٢٦-11-23T08:15:00Z")]
    public void Anything_else_is_malformed(string text) => Rfc3339.Read(text, out _).ShouldBe(InstantParseResult.Malformed);

    [Fact]
    public void The_published_vectors_hold()
    {
        var path = Repository.Vectors("rfc3339-date-time.json");
        var vectors = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path)).EnumerateArray().ToArray();
        vectors.ShouldNotBeEmpty();
        foreach (var vector in vectors)
            (Rfc3339.Read(vector.GetProperty("data").GetString(), out _) == InstantParseResult.Sound)
                .ShouldBe(vector.GetProperty("valid").GetBoolean(), vector.GetProperty("description").GetString());
    }

    [Fact]
    public void What_the_platform_prints_is_read_back() => Gen.DateTimeOffset.Sample(instant =>
        Rfc3339.Read(instant.ToString("O", CultureInfo.InvariantCulture), out var read) == InstantParseResult.Sound && read == instant);

    [Fact]
    public void No_text_throws() => Gen.String[Gen.Char["0129:-+.TtZz \u0969x"], 0, 40].Sample(text =>
        Enum.IsDefined(Rfc3339.Read(text, out _)), iter: 100_000);
}
