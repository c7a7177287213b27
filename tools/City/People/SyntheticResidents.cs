using Scoring.City.Platform;
using Scoring.City.Rows;
using Scoring.Verify.Scores;

namespace Scoring.City.People;

/// <summary>Creates synthetic residents and enrols them, with a proof from each source and a grant for a service.</summary>
public sealed class SyntheticResidents(StandaloneFile standalone, Credentials credentials, PlatformClient participation, string seed)
{
    /// <summary>How many enrolments are sent concurrently by default.</summary>
    public const int ParallelMax = 8;

    /// <summary>The event families of each programme. A resident has one handle for each.</summary>
    private static readonly Dictionary<string, EventFamily[]> Families = new(StringComparer.Ordinal)
    {
        [ProgrammeNames.SafeDriver] = [EventFamily.Traffic, EventFamily.Surveillance],
        [ProgrammeNames.CleanKitchen] = [EventFamily.Surveillance],
        [ProgrammeNames.FairPayer] = [EventFamily.Payment, EventFamily.Surveillance],
    };

    /// <summary>Creates a resident from the seed and a name. The same seed and name give the same resident in each run.</summary>
    public Resident Draw(string programme, string name)
    {
        var families = Families.GetValueOrDefault(programme)
            ?? throw new CityException($"City has no events for the programme {programme}.");
        return new Resident(programme, name, "city-" + StableHash.Token(seed, "participant", programme, name), null,
        [
            .. families.Select(family => SourceOf(family, name))
                .Select(source => new Handle(source.Id, source.Family, StableHash.Token(seed, "handle", source.Id, programme, name))),
        ]);
    }

    /// <summary>Enrols residents, several concurrently, and gives the programme's service a grant for each.</summary>
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

    /// <summary>Chooses a source of a family. Residents are spread over several sources.</summary>
    private DevelopmentSource SourceOf(EventFamily family, string name)
    {
        var sources = standalone.Sources.Where(s => s.Family == family).OrderBy(s => s.Id, StringComparer.Ordinal).ToArray();
        if (sources.Length == 0) throw new CityException($"The standalone file names no source of {family} events.");
        return sources[StableHash.Number(sources.Length, seed, "source", name)];
    }
}
