using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.People;

/// <summary>Where made-up residents enrol: with a proof from each source that may know them, and a grant for a service.</summary>
public sealed class SyntheticResidents(StandaloneFile standalone, Credentials credentials, PlatformClient participation, string seed)
{
    /// <summary>How many enrolments are under way at once, unless said otherwise.</summary>
    public const int ParallelMax = 8;

    /// <summary>The event families that feed each programme; a resident has a handle of each.</summary>
    private static readonly Dictionary<string, EventFamily[]> Families = new(StringComparer.Ordinal)
    {
        [ProgrammeNames.SafeDriver] = [EventFamily.Traffic, EventFamily.Surveillance],
        [ProgrammeNames.CleanKitchen] = [EventFamily.Surveillance],
        [ProgrammeNames.FairPayer] = [EventFamily.Payment, EventFamily.Surveillance],
    };

    /// <summary>Who somebody is, before they enrol: drawn from the seed, so the next run meets the same person.</summary>
    public Resident Meet(string programme, string who)
    {
        var families = Families.GetValueOrDefault(programme) ?? throw new CityException($"City knows no events of {programme}.");
        return new Resident(programme, who, "city-" + StableHash.Token(seed, "participant", programme, who), null,
        [
            .. families.Select(family => SourceOf(family, who))
                .Select(source => new Handle(source.Id, source.Family, StableHash.Token(seed, "handle", source.Id, programme, who))),
        ]);
    }

    /// <summary>Enrols these, several at once, and gives a grant to the programme's service for each.</summary>
    public async Task<IReadOnlyList<Resident>> Enrol(
        ProgrammeDocument programme, IReadOnlyList<Resident> people, Action<int> done, CancellationToken cancellationToken,
            int parallelMax = ParallelMax)
    {
        var enrolled = new Resident[people.Count];
        var service = standalone.Services.FirstOrDefault(s => s.Programme == programme.Id);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelMax, CancellationToken = cancellationToken };
        var count = 0;
        await Parallel.ForAsync(0, people.Count, parallel, async (i, stop) =>
        {
            enrolled[i] = await Enrol(programme, people[i], service, stop);
            done(Interlocked.Increment(ref count));
        });
        return enrolled;
    }

    private async Task<Resident> Enrol(
        ProgrammeDocument programme, Resident person, DevelopmentService? service, CancellationToken cancellationToken)
    {
        var token = credentials.ParticipantToken(person.Participant);
        var proofs = person.Handles.Select(h => credentials.HandleProof(h.Source, h.Token, programme.Id, person.Participant));
        var ordinal = await participation.Enrol(token, programme, proofs, cancellationToken);
        if (service is null) return person with { Ordinal = ordinal };
        var grant = await participation.Grant(token, programme.Id, ordinal, service.Id, cancellationToken);
        return person with { Ordinal = ordinal, Service = service.Id, Grant = grant };
    }

    /// <summary>One of the sources of a family, drawn: with several, residents are spread over them.</summary>
    private DevelopmentSource SourceOf(EventFamily family, string who)
    {
        var sources = standalone.Sources.Where(s => s.Family == family).OrderBy(s => s.Id, StringComparer.Ordinal).ToArray();
        if (sources.Length == 0) throw new CityException($"The standalone file names no source of {family} events.");
        return sources[StableHash.Number(sources.Length, seed, "source", who)];
    }
}
