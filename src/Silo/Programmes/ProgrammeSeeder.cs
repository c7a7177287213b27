using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Scoring.Administration;
using Scoring.Rules;

namespace Scoring.Programmes;

/// <summary>
/// Writes a folder's documents into a database in which nothing was ever published or registered, each version with its action in the
/// record. From then on administrators publish, and the folder is not read.
/// </summary>
internal sealed class ProgrammeSeeder(
    AdminActionWriter actions, ProgrammeReader reader, ProgrammeClock clock, IOptions<ProgrammeOptions> options)
{
    /// <summary>Seeds an empty database. Silos that start together wait for the first one.</summary>
    /// <exception cref="ProgrammesRefusedException">The folder's documents have faults.</exception>
    public async Task SeedWhenEmpty(CancellationToken cancellationToken)
    {
        if (!await reader.AreEmpty(cancellationToken)) return;
        var folder = ProgrammeFolder.Load(options.Value.Folder, options.Value.Registrations);
        if (!folder.Problems.IsEmpty) throw new ProgrammesRefusedException(folder.Problems.Select(problem => problem.ToString()));
        await using var locked = await actions.Open(cancellationToken);
        await using (var batch = locked.Batch(new NpgsqlBatchCommand(ProgrammeReader.IsEmpty)))
            if (await batch.ExecuteScalarAsync(cancellationToken) is not true) return;
        await locked.Run(cancellationToken, [.. Registrations(folder)]);
        foreach (var version in folder.Versions)
        {
            await VersionSql.Insert(locked, version, cancellationToken);
            await AdminActionWriter.Append(locked, Publication(version), cancellationToken);
        }
        await locked.Commit();
    }

    private static IEnumerable<NpgsqlBatchCommand> Registrations(DocumentSet folder) =>
    [
        .. folder.EventTypes.Select(type => Put(RegistrationKind.EventType, type.Name, EventTypeDocument.Write(type))),
        .. folder.Sources.Select(source => Put(RegistrationKind.Source, source.Id, RegistrationDocument.Write(source))),
        .. folder.Services.Select(service => Put(RegistrationKind.Service, service.Id, RegistrationDocument.Write(service))),
    ];

    private static NpgsqlBatchCommand Put(RegistrationKind kind, string id, byte[] document) =>
        RegistrationSql.Put(kind, id, document, RegistrationStatus.Registered);

    private NewAdminAction Publication(ProgrammeVersion version)
    {
        var set = version.RuleSet;
        byte[] draft =
        [
            .. "{\"assessment\":"u8, .. AssessmentDocument.Write(version.Assessment),
            .. ",\"programme\":"u8, .. ProgrammeDocument.Write(version.Terms),
            .. ",\"ruleSet\":"u8, .. RuleSetDocument.Write(set), .. "}"u8,
        ];
        var words = string.Create(
            CultureInfo.InvariantCulture, $"Version {set.Number}, in force from {set.FirstDay:yyyy-MM-dd}: {set.Summary}");
        return new NewAdminAction(
            Guid.NewGuid(), AdminActions.Published, version.Terms.Id, AdminActions.ByPlatform, clock.Now, CanonicalJson.Hash(draft),
            [words, .. version.Differences], null);
    }
}
