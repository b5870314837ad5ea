import { Emitter } from './emitter.js';
import { CallState, ErrorCode, Refusal, SignalKind } from './wire.js';

/** How often a way to the other person is looked for before the caller gives up. */
const Attempts = 3;

/** What stands in the way of a call, other than a refusal of the server. */
export const Obstacle = Object.freeze({
  Denied: 'denied',
  NoMicrophone: 'noMicrophone',
  Busy: 'busy',
  Insecure: 'insecure',
  Unreachable: 'unreachable',
});

const ObstacleOf = { NotAllowedError: Obstacle.Denied, NotFoundError: Obstacle.NoMicrophone, NotReadableError: Obstacle.Busy };

/**
 * @typedef {'calling' | 'ringing' | 'connecting' | 'talking'} Stage
 * @typedef {{ roomId: string, callId: string, stage: Stage, isCaller: boolean, isMuted: boolean, failures: number,
 *   remote: MediaStream | null }} Line
 */

/**
 * The call that this tab has, rings for, or is about to make; one at most. What the server knows of a call stands in its
 * room's log; here is what makes it sound. Each offer makes a new peer connection on both sides, so that a page that was
 * loaded anew takes up its call in the same way in which one begins.
 *
 * Emits `change`, `obstacle` (one of {@link Obstacle}) and `refused` (a {@link Refusal}).
 */
export class Calls extends Emitter {
  /** @type {Line | null} */
  line = null;

  /** The call that was hung up here: the server will know. */
  #left = '';
  #session;
  #iceServers;
  #media;
  #createPeer;
  #unhook;

  /**
   * @param {{ session: import('./session.js').Session, iceServers: () => Promise<{ servers?: object[] }>,
   *   media?: MediaDevices, createPeer?: (configuration: object) => RTCPeerConnection }} parts
   *   `media` is missing where the page is served over plain HTTP from another machine
   */
  constructor({ session, iceServers, media, createPeer = configuration => new RTCPeerConnection(configuration) }) {
    super();
    this.#session = session;
    this.#iceServers = iceServers;
    this.#media = media;
    this.#createPeer = createPeer;
    this.#unhook = [
      session.on('signal', signal => void this.#hear(signal)),
      session.on('room', roomId => this.#follow(roomId)),
      session.on('rooms', () => this.line && this.#follow(this.line.roomId)),
      session.on('live', () => session.live && void this.#callOn()),
    ];
  }

  /** Calls the partner; or takes up the call that the room has, which this tab has no part in (any more). */
  async call(roomId) {
    if (this.line) return;
    const log = this.#session.rooms.get(roomId);
    const line = this.#open({
      roomId, stage: 'calling', callId: log.call?.callId ?? '', isCaller: !log.call || log.isOwn(log.call.byMemberId),
    });
    await this.#try(line, async () => {
      await this.#listen(line);
      if (!line.offer) await this.#offer(line);
    });
  }

  /** Answers the call that rings. */
  async accept() {
    const { line } = this;
    if (line?.stage !== 'ringing' || line.isAnswering) return;
    line.isAnswering = true;
    await this.#try(line, () => this.#answer(line));
    line.isAnswering = false;
  }

  /** Whether this tab wants no more of a call. */
  hasLeft(callId) {
    return callId === this.#left;
  }

  /** Ends the call, declines it, or gives up calling. */
  async hangUp() {
    const { line } = this;
    if (!line) return;
    this.#left = line.callId;
    this.close();
    await this.hangUpIn(line.roomId, line.callId);
  }

  /** Ends a call that this tab has no part in. */
  async hangUpIn(roomId, callId) {
    try {
      await this.#session.signal(roomId, SignalKind.HangUp, '', callId);
    } catch (refusal) {
      this.#left = '';
      this.emit('refused', refusal);
    }
  }

  setMuted(isMuted) {
    this.line.isMuted = isMuted;
    for (const track of this.line.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
    this.emit('change');
  }

  /** Lets the line go, and the microphone with it. The server is not told. */
  close() {
    const { line } = this;
    this.line = null;
    if (line) drop(line);
    this.emit('change');
  }

  /** Nothing rings here any more. */
  stop() {
    for (const off of this.#unhook) off();
    this.close();
  }

  #open(line) {
    this.line = { isMuted: false, failures: 0, remote: null, stream: null, peer: null, offer: null, heard: [], held: [], ...line };
    this.emit('change');
    return this.line;
  }

  #move(line, stage) {
    line.stage = stage;
    this.emit('change');
  }

  /** Does a step of a line; what goes wrong ends it, unless it has been left meanwhile. */
  async #try(line, work) {
    try {
      await work();
    } catch (failure) {
      // A connection that has been replaced while it was at work fails in this way, and the new one goes on.
      if (this.line !== line || failure.name === 'InvalidStateError') return;
      const isRefusal = failure instanceof Refusal;
      const rings = line.stage === 'ringing' && !isRefusal; // still to be answered, once the microphone may be used
      if (!rings) this.close();
      if (!rings && line.callId) void this.#session.signal(line.roomId, SignalKind.HangUp, '', line.callId).catch(() => {});
      if (isRefusal) this.emit('refused', failure);
      else this.emit('obstacle', failure.obstacle ?? ObstacleOf[failure.name] ?? Obstacle.Unreachable);
    }
  }

  /** Takes the microphone, once. */
  async #listen(line) {
    if (!this.#media) throw Object.assign(new Error('There is no microphone without HTTPS.'), { obstacle: Obstacle.Insecure });
    line.microphone ??= this.#media.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
    try {
      line.stream = await line.microphone;
    } catch (failure) {
      line.microphone = null; // another time it may be allowed
      throw failure;
    }
    if (this.line !== line) drop(line);
  }

  /** A new connection in place of the last; null if by then none is wanted, or one for the other side's offer. */
  async #connect(line, { isOffering }) {
    line.isOffering = isOffering;
    const [{ servers = [] }] = await Promise.all([this.#iceServers(), this.#listen(line)]);
    if (this.line !== line || line.isOffering !== isOffering) return null;
    line.peer?.close();
    line.isSent = false;
    line.held = [];
    const peer = line.peer = this.#createPeer({ iceServers: servers });
    for (const track of line.stream.getTracks()) peer.addTrack(track, line.stream);
    peer.onicecandidate = ({ candidate }) => candidate && line.peer === peer && this.#tell(line, candidate);
    peer.ontrack = ({ streams: [remote] }) => {
      line.remote = remote;
      this.emit('change');
    };
    peer.onconnectionstatechange = () => line.peer === peer && this.#connected(line);
    return peer;
  }

  #connected(line) {
    if (line.peer.connectionState === 'connected') {
      line.failures = 0;
      this.#move(line, 'talking');
    } else if (line.peer.connectionState === 'failed') {
      this.#move(line, 'connecting');
      if (!line.isCaller) return; // who called tries again
      void this.#try(line, async () => {
        if (++line.failures >= Attempts) throw Object.assign(new Error('There is no way.'), { obstacle: Obstacle.Unreachable });
        await this.#offer(line);
      });
    }
  }

  async #offer(line) {
    const peer = await this.#connect(line, { isOffering: true });
    await peer?.setLocalDescription();
    if (!peer || line.peer !== peer) return;
    try {
      await this.#session.signal(line.roomId, SignalKind.Offer, JSON.stringify(peer.localDescription), line.callId);
    } catch (refusal) {
      if (refusal.code !== ErrorCode.AlreadyExists) throw refusal;
      return; // both call at once, and the other was first: that offer is here, or on its way, and is answered
    }
    if (line.peer === peer) this.#release(line);
  }

  /** What the caller tells a server that has forgotten what it said. */
  async #callOn() {
    const { line } = this;
    if (line?.stage === 'calling' && line.callId) await this.#try(line, () => this.#offer(line));
  }

  async #answer(line) {
    const peer = await this.#connect(line, { isOffering: false });
    if (!peer) return;
    this.#move(line, 'connecting');
    await this.#accept(line, line.offer);
    await peer.setLocalDescription();
    if (line.peer !== peer) return;
    const answered = this.#session.signal(line.roomId, SignalKind.Answer, JSON.stringify(peer.localDescription), line.callId);
    this.#release(line);
    await answered;
  }

  /** Takes what the other has sent as offer or answer, and the candidates that came before it could be. */
  async #accept(line, description) {
    await line.peer.setRemoteDescription(description);
    const { heard } = line;
    line.heard = [];
    for (const candidate of heard) this.#take(line, candidate);
  }

  #take(line, candidate) {
    line.peer.addIceCandidate(candidate).catch(() => {}); // a way that is none: there are others
  }

  /** What is sent before the server knows the call would be of none: it waits. */
  #tell(line, candidate) {
    if (line.isSent && line.callId) this.#session.signal(line.roomId, SignalKind.Candidate, JSON.stringify(candidate), line.callId).catch(() => {});
    else line.held.push(candidate);
  }

  #release(line) {
    line.isSent = true;
    if (!line.callId) return;
    for (const candidate of line.held.splice(0)) this.#tell(line, candidate);
  }

  async #hear({ roomId, callId = '', kind, payload }) {
    const { line } = this;
    if (line && line.roomId !== roomId) return; // the other call rings until it is missed
    const said = JSON.parse(payload);
    if (kind === SignalKind.Offer) return this.#offered(line, roomId, callId, said);
    if (!line || line.callId !== callId) return;
    if (kind === SignalKind.Answer && line.isOffering) {
      line.isOffering = false;
      this.#move(line, 'connecting');
      await this.#try(line, () => this.#accept(line, said));
    } else if (kind === SignalKind.Candidate && !line.isOffering) { // else it is of an earlier connection
      if (line.peer?.remoteDescription) this.#take(line, said);
      else line.heard.push(said);
    }
  }

  async #offered(line, roomId, callId, offer) {
    if (!line) {
      const isActive = this.#session.rooms.get(roomId)?.call?.state === CallState.Active;
      this.#open({ roomId, callId, stage: 'ringing', isCaller: false, offer, isTakenUp: isActive });
      return;
    }

    // Both look for a new way at once: the caller's offer stands.
    if (line.isOffering && line.isCaller && line.callId === callId) return;
    Object.assign(line, { offer, heard: [] });
    if (line.stage === 'ringing') return;
    line.peer?.close();
    line.peer = null;
    if (line.callId !== callId) Object.assign(line, { callId, isCaller: false });
    await this.#try(line, () => this.#answer(line));
  }

  /** Does what the server's word on the room's call asks for. */
  #follow(roomId) {
    const { line } = this;
    if (line?.roomId !== roomId) return;
    const log = this.#session.rooms.get(roomId);
    const call = log?.call;
    if (!line.callId && call && log.isOwn(call.byMemberId)) {
      line.callId = call.callId;
      if (line.isSent) this.#release(line);
    }
    line.isKnown ||= call?.callId === line.callId;
    const isOver = line.isKnown && call?.callId !== line.callId;
    const isAnsweredElsewhere = line.stage === 'ringing' && !line.isTakenUp && call?.state === CallState.Active;
    if (!log || isOver || isAnsweredElsewhere) this.close();
  }
}

function drop(line) {
  line.peer?.close();
  line.peer = null;
  for (const track of line.stream?.getTracks() ?? []) track.stop();
}
