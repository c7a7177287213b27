using System.Collections.Immutable;
using System.Security.Cryptography;
using Scoring.Events;
using Scoring.Programmes;

namespace Scoring.Rules;

/// <summary>What documents say, or everything that is wrong with them: either there are no problems or there is nothing else.</summary>
/// <param name="Programmes">Programmes by name, each with its rule sets in ascending numbers.</param>
/// <param name="EventTypes">Event types by name.</param>
/// <param name="Sources">Registered sources by id.</param>
/// <param name="Services">Registered services by id.</param>
/// <param name="Problems">Everything that is wrong.</param>
public sealed record DocumentSet(
    ImmutableArray<(Programme Programme, ImmutableArray<RuleSet> RuleSets)> Programmes, ImmutableArray<EventType> EventTypes,
    ImmutableArray<Source> Sources, ImmutableArray<Service> Services, ImmutableArray<DocumentProblem> Problems)
{
    /// <summary>Makes a rule book of documents without problems.</summary>
    public RuleBook Compile() => RuleBook.Compile(Programmes, EventTypes);

    /// <summary>A programme's published versions, ascending; empty when there is no such programme.</summary>
    public ImmutableArray<ProgrammeVersion> VersionsOf(ProgrammeId programme) =>
        throw new NotSupportedException($"Not there yet: {programme}.");

    /// <summary>The catalogue at an instant.</summary>
    /// <param name="now">The programmes' clock.</param>
    /// <param name="isSuspended">Which programmes are suspended; none by default.</param>
    public Catalogue Publish(DateTimeOffset now, Func<ProgrammeId, bool>? isSuspended = null)
    {
        var programmes = Programmes.Select(pair => new PublishedProgramme(
            pair.Programme, pair.RuleSets, ProgrammeClock.Day(now, TimeZoneInfo.FindSystemTimeZoneById(pair.Programme.Zone)),
            isSuspended?.Invoke(pair.Programme.Id) ?? false));
        return Hashed(new Catalogue([.. programmes], EventTypes, Sources, Services, ""));
    }

    /// <summary>
    /// The same as canonical documents by their paths, to be stored; <see cref="ProgrammeDocuments.Read"/> gives the same set of them.
    /// </summary>
    public ImmutableArray<(string Path, byte[] Json)> Write()
    {
        var texts = ImmutableArray.CreateBuilder<(string, byte[])>();
        texts.Add((ProgrammeDocuments.EventTypesPath, Array(EventTypes.Select(EventTypeDocument.Write))));
        byte[] registrations =
        [
            .. "{\"services\":"u8, .. Array(Services.Select(RegistrationDocument.Write)),
            .. ",\"sources\":"u8, .. Array(Sources.Select(RegistrationDocument.Write)), .. "}"u8,
        ];
        texts.Add((ProgrammeDocuments.RegistrationsPath, registrations));
        foreach (var (programme, sets) in Programmes)
        {
            texts.Add(($"{programme.Id}/programme.json", ProgrammeDocument.Write(programme)));
            foreach (var set in sets) texts.Add(($"{programme.Id}/ruleset-{set.Number}.json", RuleSetDocument.Write(set)));
        }
        return texts.ToImmutable();

        static byte[] Array(IEnumerable<byte[]> elements) =>
            [.. "["u8, .. elements.SelectMany((element, index) => index == 0 ? element : [(byte)',', .. element]), .. "]"u8];
    }

    /// <summary>Every document goes in behind its length, so that no two catalogues look alike.</summary>
    private static Catalogue Hashed(Catalogue catalogue)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var published in catalogue.Programmes)
        {
            Append(ProgrammeDocument.Write(published.Programme));
            foreach (var set in published.RuleSets) Append(RuleSetDocument.Write(set));
            Append([published.Suspended ? (byte)1 : (byte)0]);
            Append(BitConverter.GetBytes(published.Today.DayNumber));
        }
        foreach (var type in catalogue.EventTypes) Append(EventTypeDocument.Write(type));
        foreach (var source in catalogue.Sources) Append(RegistrationDocument.Write(source));
        foreach (var service in catalogue.Services) Append(RegistrationDocument.Write(service));
        return catalogue with { Hash = Convert.ToHexStringLower(hash.GetHashAndReset()) };

        void Append(byte[] document)
        {
            hash.AppendData(BitConverter.GetBytes(document.Length));
            hash.AppendData(document);
        }
    }
}
