using System.Text;
using System.Text.Json;

namespace Scoring.Rules;

/// <summary>What the fold reads of a body, and what it does not take for one.</summary>
public sealed class EntryBodyReaderTests
{
    [Fact]
    public void It_reads_the_members_of_an_event_wherever_they_stand()
    {
        EntryBodyReader.Read(
            """{"data":{"calm":true,"km":12,"road":"city"},"other":{"type":"x","turn":9},"type":"traffic.trip"}"""u8, out var body)
            .ShouldBeNull();
        Encoding.UTF8.GetString(body.Type).ShouldBe("traffic.trip");
        (body.AttributeCount, body.Day, body.DueDay, body.Turn, body.Upheld).ShouldBe((3, -1, -1, 0, null));
        (string, string, JsonTokenType)[] read = new (string, string, JsonTokenType)[3];
        for (var i = 0; i < 3; i++)
            read[i] = (Encoding.UTF8.GetString(body.Name(i)), Encoding.UTF8.GetString(body.Value(i)), body.ValueKind(i));
        read.ShouldBe([("calm", "true", JsonTokenType.True), ("km", "12", JsonTokenType.Number), ("road", "city", JsonTokenType.String)]);
    }

    [Theory]
    [InlineData("""{"turn":1,"upheld":true}""", 1, true)]
    [InlineData("""{"turn":9007199254740993,"upheld":false}""", 9007199254740993, false)]
    [InlineData("""{"type":"a"}""", 0, null)]
    public void It_reads_the_members_of_a_decision(string json, long turn, bool? upheld)
    {
        EntryBodyReader.Read(Encoding.UTF8.GetBytes(json), out var body).ShouldBeNull();
        (body.Turn, body.Upheld).ShouldBe((turn, upheld));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("2024-02-29")]
    [InlineData("2025-01-31")]
    [InlineData("2025-12-01")]
    [InlineData("9999-12-31")]
    public void A_day_is_a_day_of_the_calendar(string text)
    {
        var day = DateOnly.Parse(text).DayNumber;
        EntryBodyReader.Read(Encoding.UTF8.GetBytes($$"""{"day":"{{text}}"}"""), out var body).ShouldBeNull();
        (body.Day, body.DueDay).ShouldBe((day, -1));
        EntryBodyReader.Read(Encoding.UTF8.GetBytes($$"""{"dueDay":"{{text}}"}"""), out body).ShouldBeNull();
        (body.Day, body.DueDay).ShouldBe((-1, day));
    }

    [Theory]
    [InlineData("\"2025-02-29\"")]
    [InlineData("\"2025-00-10\"")]
    [InlineData("\"2025-13-10\"")]
    [InlineData("\"2025-10-00\"")]
    [InlineData("\"2025-04-31\"")]
    [InlineData("\"0000-01-01\"")]
    [InlineData("\"2025/01-01\"")]
    [InlineData("\"2025-01/01\"")]
    [InlineData("\"+025-01-01\"")]
    [InlineData("\"2025- 1-01\"")]
    [InlineData("\"2025-01-1x\"")]
    [InlineData("\"2025-01-011\"")]
    [InlineData("\"2025-01-0\"")]
    [InlineData("\"\"")]
    [InlineData("2025010101")]
    [InlineData("null")]
    public void Anything_else_is_no_day(string value)
    {
        foreach (var member in (string[])["day", "dueDay"])
            EntryBodyReader.Read(Encoding.UTF8.GetBytes($$"""{"{{member}}":{{value}}}"""), out _).ShouldBe(EntryFault.MemberWrong, member);
    }

    [Theory]
    [InlineData("""{"turn":0}""", EntryFault.MemberWrong)]
    [InlineData("""{"turn":-1}""", EntryFault.MemberWrong)]
    [InlineData("""{"turn":1.5}""", EntryFault.MemberWrong)]
    [InlineData("""{"turn":"1"}""", EntryFault.MemberWrong)]
    [InlineData("""{"upheld":"true"}""", EntryFault.MemberWrong)]
    [InlineData("""{"upheld":null}""", EntryFault.MemberWrong)]
    [InlineData("""{"type":1}""", EntryFault.MemberWrong)]
    [InlineData("""{"data":[]}""", EntryFault.MemberWrong)]
    [InlineData("""{"data":{"a":{}}}""", EntryFault.AttributeTypeWrong)]
    [InlineData("""{"data":{"a":[]}}""", EntryFault.AttributeTypeWrong)]
    [InlineData("""[]""", EntryFault.BodyNotJson)]
    [InlineData("""7""", EntryFault.BodyNotJson)]
    [InlineData("", EntryFault.BodyNotJson)]
    [InlineData("""{"turn":1""", EntryFault.BodyNotJson)]
    [InlineData("""{} {}""", EntryFault.BodyNotJson)]
    [InlineData("""{"turn":1}x""", EntryFault.BodyNotJson)]
    public void A_wrong_member_is_a_fault(string json, string fault) =>
        EntryBodyReader.Read(Encoding.UTF8.GetBytes(json), out _).ShouldBe(fault);

    [Fact]
    public void Sixteen_attributes_are_read_and_a_seventeenth_is_a_fault()
    {
        EntryBodyReader.Read(With(16), out var body).ShouldBeNull();
        (body.AttributeCount, Encoding.UTF8.GetString(body.Value(15))).ShouldBe((16, "15"));
        EntryBodyReader.Read(With(17), out _).ShouldBe(EntryFault.AttributesTooMany);

        static byte[] With(int count) => Encoding.UTF8.GetBytes(
            "{\"data\":{" + string.Join(',', Enumerable.Range(0, count).Select(n => $"\"a{n}\":{n}")) + "}}");
    }
}
