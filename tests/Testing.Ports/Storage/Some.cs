using System.Security.Cryptography;
using System.Text;
using Scoring.Enrolments;
using Scoring.Ledger;
using Scoring.Programmes;
using Scoring.Subjects;

namespace Scoring.Storage;

/// <summary>Arbitrary values for tests in which the value does not matter.</summary>
public static class Some
{
    public static readonly ProgrammeId Programme = ProgrammeId.Parse("safe-driver");

    public static readonly ProgrammeId OtherProgramme = ProgrammeId.Parse("clean-kitchen");

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Day = new(2026, 3, 1);

    /// <summary>The hash of the token of a withdrawal request.</summary>
    public const string Request = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    public static byte[] Hash() => RandomNumberGenerator.GetBytes(32);

    public static byte[] Body(string content = "1") =>
        Encoding.UTF8.GetBytes($"{{\"data\":{{\"n\":{content}}},\"source\":\"s\",\"type\":\"t\"}}");

    public static string Id() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static SubjectId Subject() => new(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)));

    public static NewHandle Handle(byte[]? hash = null, DateTimeOffset? provedAt = null) =>
        new(Id(), hash ?? Hash(), "https://source.example", provedAt ?? Start);

    /// <summary>The locators of a participant. The first decides the partition.</summary>
    public static byte[][] Locators(int count = 3) => [.. Enumerable.Range(0, count).Select(_ => Hash())];

    public static NewEnrolment Enrolment(byte[][] locators, params NewHandle[] handles) => new(
        Subject(), SubjectKind.Vehicle, Programme, new string('a', 64), Start, Day, RandomNumberGenerator.GetBytes(32), locators,
        [.. locators.Select((_, i) => Encoding.UTF8.GetBytes($"{{\"receipt\":\"{i}\",\"ruleSet\":\"a\"}}"))], handles, 1);

    public static EventToAppend Event(byte[] handle, Guid? key = null, DateTimeOffset? at = null, string content = "1") =>
        new(handle, key ?? Guid.NewGuid(), at ?? Start.AddHours(1), Day, Body(content));

    public static NewGrant Grant(byte[]? hash = null, DateTimeOffset? until = null, string? id = null) => new(
        id ?? Id(), hash ?? Hash(), "city-parking", Start, until, Entry(EntryKind.Granted));

    public static EntryToAppend Entry(EntryKind kind) => new(kind, Guid.NewGuid(), Day, Body());

    public static QueryToAppend Query(byte[] grant, Guid? key = null, DateTimeOffset? at = null, DateOnly? day = null) => new(
        grant, key ?? Guid.NewGuid(), at ?? Start.AddHours(1), day ?? Day, "{\"grant\":\""u8.ToArray(), "\"}"u8.ToArray());
}
