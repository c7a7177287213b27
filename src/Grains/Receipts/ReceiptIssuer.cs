using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Scoring.Events;
using Scoring.Keys;
using Scoring.Programmes;

namespace Scoring.Receipts;

/// <summary>Issues signed receipts of consent given, renewed and withdrawn. They name no person; their identifiers are random.</summary>
internal sealed class ReceiptIssuer(ReceiptSigner signer, CurrentCatalogue catalogue, IOptions<PrivacyNoticeOptions> notice)
{
    /// <summary>The receipts of the versions in use. They end with the catalogue that holds the version.</summary>
    private readonly ConditionalWeakTable<ProgrammeVersion, PreparedReceipt> _prepared = [];

    /// <summary>Issues the receipt of consent given, or of consent renewed when there is a former receipt.</summary>
    public string Given(ProgrammeVersion version, DateTimeOffset at, string? former = null)
    {
        var before = former is null ? null : PreviousReceipt.Read(former);
        return Signed(
            version, at, new ConsentFacts(NewId(), before?.Record ?? NewId(), before?.Principal ?? NewId(), Text(at), before?.Receipt));
    }

    /// <summary>Issues the receipt of consent withdrawn. It names the former receipt and the number of erased entries.</summary>
    public string Withdrawn(ProgrammeVersion version, DateTimeOffset at, string? former, long entries)
    {
        var before = former is null ? null : PreviousReceipt.Read(former);
        return Signed(version, at, new ConsentFacts(
            NewId(), before?.Record ?? NewId(), before?.Principal ?? NewId(), before?.GivenAt, before?.Receipt)
        {
            Withdrawal = (Text(at), entries),
        });
    }

    private string Signed(ProgrammeVersion version, DateTimeOffset at, ConsentFacts facts)
    {
        var day = catalogue.Find(version.Terms.Id)!.Day(at);
        Service[] services = [.. catalogue.ServicesOf(version.Terms.Id).Where(service => service.LastDay >= day)];
        var types = catalogue.EventTypesOf(version.Terms);
        if (!_prepared.TryGetValue(version, out var prepared) || !prepared.Says(services, types))
        {
            var parties = new ReceiptParties(version.Terms, services, notice.Value);
            prepared = new PreparedReceipt(services, types, new ConsentReceipt(version, types, parties, notice.Value));
            _prepared.AddOrUpdate(version, prepared);
        }
        return signer.Sign(prepared.Receipt.Write(facts));
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A receipt without its facts, with what it was made from besides the version.</summary>
    private sealed record PreparedReceipt(Service[] Services, ImmutableArray<EventType> Types, ConsentReceipt Receipt)
    {
        public bool Says(Service[] services, ImmutableArray<EventType> types) =>
            Services.AsSpan().SequenceEqual(services) && Types.AsSpan().SequenceEqual(types.AsSpan());
    }
}
